/**
 * Swagger UI, so that everybody can use it (WCAG 2.2). Its own layout has a main part inside of the page's and leaves out a
 * level of headings; what opens a route is a button that holds a link, which no screen reader can reach; and what a choice is
 * of is said beside it alone. The one server is where the page comes from, so there is nothing to choose.
 */
const readable = ({ React: { createElement } }) => {
  const named = (name, field) =>
    createElement('label', null, createElement('span', { className: 'heard' }, name), field);
  return {
    components: {
      Readable({ specSelectors, getComponent }) {
        const part = (name) => createElement(getComponent(name, true));
        const parts =
          specSelectors.loadingStatus() === 'success'
            ? [
                part('InfoContainer'),
                createElement('div', { className: 'scheme-container' }, part('AuthorizeBtnContainer')),
                createElement('h2', { className: 'routes' }, 'Routes'),
                part('operations'),
                part('Models'),
              ]
            : [part('errors')];
        return createElement('div', { className: 'swagger-ui' }, ...parts);
      },
    },
    wrapComponents: {
      DeepLink:
        () =>
        ({ text }) =>
          createElement('span', { className: 'nostyle' }, text),
      ExamplesSelect: (Original) => (props) => named('Example', createElement(Original, props)),
      JsonSchema_string: (Original) => (props) => {
        const field = createElement(Original, props);
        return props.schema?.get('enum') === undefined ? field : named('Value', field);
      },
    },
  };
};

// Swagger UI's own dark colours, where the person's are.
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
follow();
dark.addEventListener('change', follow);

globalThis.SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  // Its colours do not stand out from what is behind them, and letters in one colour do.
  syntaxHighlight: { activated: false },
  defaultModelsExpandDepth: 0,
  layout: 'Readable',
  plugins: [readable],
});
