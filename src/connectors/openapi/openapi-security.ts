import { isObject } from '../../core/json.js';
import { listOf, own, textOf, type Node, type OpenApiDocument } from './openapi-document.js';
import type { Warn } from './openapi-parameters.js';

const MAX_ALTERNATIVES = 10;
const MAX_NAME_CHARS = 200;
const MAX_URL_CHARS = 500;

/** Says which connection to make: a document names ways to sign in, never a secret. */
export function warnOfSecurity(document: OpenApiDocument, operation: Node, warn: Warn): void {
  const asked = own(operation, 'security') ?? own(document.root, 'security');
  const components = document.object(own(document.root, 'components')) ?? {};
  const schemes = document.object(own(components, 'securitySchemes')) ?? {};
  const names = new Set(
    listOf(asked)
      .slice(0, MAX_ALTERNATIVES)
      .flatMap((each) => (isObject(each) ? Object.keys(each).slice(0, MAX_ALTERNATIVES) : [])),
  );
  for (const name of names) {
    const scheme = document.object(own(schemes, name));
    warn(
      name.slice(0, MAX_NAME_CHARS),
      scheme ? connectionFor(scheme, document) : 'The document does not describe this way to sign in.',
    );
  }
}

function connectionFor(scheme: Node, document: OpenApiDocument): string {
  const name = textOf(own(scheme, 'name'), MAX_NAME_CHARS);
  switch (own(scheme, 'type')) {
    case 'http':
      return httpConnection(textOf(own(scheme, 'scheme'), MAX_NAME_CHARS));
    case 'apiKey': {
      const place = own(scheme, 'in');
      if (place === 'header' || place === 'query') {
        return `Make a connection of the type "API key" named ${name}, in the ${place}, and choose it in the step.`;
      }
      return `The key is the cookie ${name}, which no connection sends.`;
    }
    case 'oauth2':
      return oauthConnection(document.object(own(scheme, 'flows')) ?? {}, document);
    case 'openIdConnect':
      return 'Make a connection of the type "OAuth 2.0" with the addresses that the provider publishes, and choose it in the step.';
    case 'mutualTLS':
      return 'Put the client certificate into a connection, and choose it in the step.';
    default:
      return 'This way to sign in is not known here.';
  }
}

function httpConnection(scheme: string): string {
  switch (scheme.toLowerCase()) {
    case 'basic':
      return 'Make a connection of the type "Basic", and choose it in the step.';
    case 'bearer':
      return 'Make a connection of the type "Bearer token", and choose it in the step.';
    default:
      return `No connection signs in with HTTP ${scheme}.`;
  }
}

function oauthConnection(flows: Node, document: OpenApiDocument): string {
  const code = document.object(own(flows, 'authorizationCode'));
  const client = document.object(own(flows, 'clientCredentials'));
  const flow = code ?? client;
  if (!flow)
    return 'Only OAuth by authorization code or client credentials is known here; the document offers neither.';
  const scopes = Object.keys(document.object(own(flow, 'scopes')) ?? {})
    .slice(0, MAX_ALTERNATIVES)
    .join(' ');
  const facts = [
    code && `authorization URL ${textOf(own(code, 'authorizationUrl'), MAX_URL_CHARS)}`,
    `access token URL ${textOf(own(flow, 'tokenUrl'), MAX_URL_CHARS)}`,
    scopes !== '' && `scope ${scopes.slice(0, MAX_URL_CHARS)}`,
  ].filter(Boolean);
  const type = code ? 'OAuth 2.0' : 'OAuth 2.0 (client credentials)';
  return `Make a connection of the type "${type}" with ${facts.join(', ')}, and choose it in the step.`;
}
