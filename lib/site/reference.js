// The one server is where the page comes from: there is nothing to choose.
const withoutServers = () => ({ wrapComponents: { ServersContainer: () => () => null } });

globalThis.SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  plugins: [withoutServers],
});
