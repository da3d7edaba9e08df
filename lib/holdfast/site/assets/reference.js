// The one server is where the page comes from: there is nothing to choose.
const withoutServers = () => ({ wrapComponents: { ServersContainer: () => () => null } });

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
  defaultModelsExpandDepth: 0,
  plugins: [withoutServers],
});
