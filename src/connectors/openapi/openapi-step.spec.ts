import { HooklineError } from '../../core/errors.js';
import { contentsOf } from './openapi-operations.js';
import { readOpenApi } from './openapi-document.js';
import { openApiStep } from './openapi-step.js';

/** After the pet store that every reader of OpenAPI is shown. */
const PETSTORE = `
openapi: 3.0.3
info: { title: Pet store, version: 1.0.27 }
servers:
  - url: https://{region}.pets.example.com/api/v3/
    variables: { region: { default: eu, enum: [eu, us] } }
  - url: https://sandbox.pets.example.com
    description: Sandbox
security: [{ key: [] }]
paths:
  /pet:
    put: &write
      tags: [pet]
      summary: Update a pet
      operationId: updatePet
      requestBody:
        content:
          application/xml: { schema: { $ref: '#/components/schemas/Pet' } }
          application/json: { schema: { $ref: '#/components/schemas/Pet' } }
    patch: *write
  /pet/findByStatus:
    get:
      operationId: findPets
      parameters:
        - { name: limit, in: query, schema: { type: integer, default: 20 } }
        - { name: status, in: query, required: true, schema: { type: string, enum: [available, sold] } }
        - { name: tags, in: query, explode: false, schema: { type: array, items: { type: string } } }
        - { name: X-Request, in: header, required: true, schema: { type: string } }
        - { name: Accept, in: header, schema: { type: string } }
        - { name: session, in: cookie, required: true, schema: { type: string } }
  /pet/{petId}/photos/{photo-id}:
    parameters:
      - { name: petId, in: path, required: true, schema: { type: integer } }
    post:
      security: [{ login: [read, write] }, {}]
      requestBody:
        content:
          multipart/form-data:
            schema:
              required: [file, title]
              properties:
                note: { type: string }
                title: { type: string, example: 'A {{ dog }}' }
                file: { type: string, format: binary }
  /login:
    post:
      security: []
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: { type: object, required: [user], properties: { user: { type: string }, otp: { type: string } } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    login:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://pets.example.com/authorize
          tokenUrl: https://pets.example.com/token
          scopes: { read: '', write: '' }
  schemas:
    Named: { type: object, required: [name], properties: { name: { type: string, example: Rex } } }
    Pet:
      allOf:
        - $ref: '#/components/schemas/Named'
        - type: object
          required: [photoUrls, category, age]
          properties:
            id: { type: integer, readOnly: true }
            age: { type: integer }
            status: { type: string, enum: [available] }
            photoUrls: { type: array, items: { type: string } }
            category: { $ref: '#/components/schemas/Category' }
    Category:
      type: object
      required: [title, parent]
      properties:
        title: { type: string, default: Dogs }
        parent: { $ref: '#/components/schemas/Category' }
`;

const document = (rest: object) => JSON.stringify({ openapi: '3.1.0', info: { title: 'a' }, ...rest });
const withBody = (schema: unknown, more: object = {}, type = 'application/json') =>
  document({
    servers: [{ url: 'https://a.example' }],
    paths: { '/a': { post: { requestBody: { content: { [type]: { schema } } } } } },
    ...more,
  });
const failure = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof HooklineError) return [error.kind, error.code];
    throw error;
  }
  return null;
};
const about = (step: { warnings: { about: string }[] }) => step.warnings.map((each) => each.about);

describe('the contents of a document', () => {
  it('are its servers and operations, under ids that no two share', () => {
    const { operations, ...rest } = contentsOf(readOpenApi(PETSTORE));
    expect(rest).toEqual({
      title: 'Pet store',
      version: '1.0.27',
      servers: [
        { url: 'https://eu.pets.example.com/api/v3', description: '' },
        { url: 'https://sandbox.pets.example.com', description: 'Sandbox' },
      ],
      leftOut: 0,
    });
    expect(operations[0]).toEqual({
      id: 'PUT /pet',
      method: 'PUT',
      path: '/pet',
      summary: 'Update a pet',
      tags: ['pet'],
    });
    expect(operations.map(({ id }) => id)).toEqual([
      'PUT /pet',
      'PATCH /pet',
      'GET /pet/findByStatus',
      'POST /pet/{petId}/photos/{photo-id}',
      'POST /login',
    ]);
  });

  it('end at 2,000 operations, and say how many there are more', () => {
    const paths = Object.fromEntries(Array.from({ length: 1_500 }, (_, n) => [`/${n}`, { get: {}, post: {} }]));
    const { operations, leftOut } = contentsOf(readOpenApi(document({ paths })));
    expect([operations.length, leftOut]).toEqual([2_000, 1_000]);
  });
});

describe('an operation as a step', () => {
  it('has its required fields with what the document offers, the others left out until they are filled in', () => {
    expect(openApiStep(PETSTORE, 'PUT /pet')).toEqual({
      action: 'put',
      name: 'Update a pet',
      input: {
        url: 'https://eu.pets.example.com/api/v3/pet',
        body: [
          { key: 'age', value: null, whenMissing: 'fail' },
          { key: 'photoUrls', value: [] },
          { key: 'category', value: expect.objectContaining({ title: 'Dogs' }) },
          { key: 'name', value: 'Rex' },
          { key: 'status', value: null, whenMissing: 'omit' },
        ],
      },
      warnings: [
        { about: 'body', message: 'It is sent as application/json; application/xml would do, too.' },
        { about: 'key', message: expect.stringContaining('the type "API key" named X-Key, in the header') },
      ],
    });
  });

  it('is a custom call where its method is none of three', () => {
    const { action, input } = openApiStep(PETSTORE, 'PATCH /pet');
    expect([action, input.method, input.bodyType]).toEqual(['custom', 'PATCH', 'json']);
  });

  it('has query and headers, required ones first, and leaves out what a step makes anyway', () => {
    const step = openApiStep(PETSTORE, 'GET /pet/findByStatus', 'https://sandbox.pets.example.com/');
    expect(step).toMatchObject({
      action: 'get',
      name: 'findPets',
      input: {
        url: 'https://sandbox.pets.example.com/pet/findByStatus',
        query: [
          { key: 'status', value: 'available' },
          { key: 'limit', value: null, whenMissing: 'omit' },
          { key: 'tags', value: null, whenMissing: 'omit' },
        ],
        headers: [{ key: 'X-Request', value: null, whenMissing: 'fail' }],
        queryArrays: 'comma',
      },
    });
    expect(about(step)).toEqual(['session', 'key']);
  });

  it('has mapped values in its path, and its files in a form', () => {
    const step = openApiStep(PETSTORE, 'POST /pet/{petId}/photos/{photo-id}');
    expect(step).toMatchObject({
      action: 'custom',
      input: {
        url: 'https://eu.pets.example.com/api/v3/pet/{{ trigger.data.petId }}/photos/{{ trigger.data["photo-id"] }}',
        method: 'POST',
        bodyType: 'form-data',
        body: [
          { key: 'title', value: 'A {{ "{{" }} dog }}' },
          { key: 'file', value: null, whenMissing: 'fail' },
          { key: 'note', value: null, whenMissing: 'omit' },
        ],
      },
    });
    expect(about(step)).toEqual(['petId', 'photo-id', 'file', 'login']);
    expect(step.warnings[3].message).toContain(
      '"OAuth 2.0" with authorization URL https://pets.example.com/authorize, access token URL https://pets.example.com/token, scope read write',
    );
  });

  it('is a URL-encoded form where the document says so', () => {
    expect(openApiStep(PETSTORE, 'POST /login')).toMatchObject({
      action: 'custom',
      input: { bodyType: 'urlencoded', body: [{ key: 'user' }, { key: 'otp', whenMissing: 'omit' }] },
      warnings: [],
    });
  });

  it.each<[string, unknown, object]>([
    ['a list', { type: 'array', items: { type: 'string', examples: ['x'] } }, { body: '[\n  "x"\n]' }],
    ['nothing known', {}, { bodyType: 'json' }],
    [
      'a type of OpenAPI 3.1',
      { type: ['null', 'object'], required: ['a'], properties: { a: { const: 1 } } },
      { body: [{ key: 'a', value: 1 }] },
    ],
    [
      'a choice with null',
      { oneOf: [{ type: 'null' }, { required: ['a'], properties: { a: { default: false } } }] },
      { body: [{ key: 'a', value: false }] },
    ],
  ])('has a body of %s', (_, schema, input) => {
    expect(openApiStep(withBody(schema), 'POST /a').input).toMatchObject(input);
  });

  it('keeps the digits of a number', () => {
    const text = withBody({ required: ['n'], properties: { n: { default: 1 } } }).replace(
      '"default":1',
      '"default":12345678901234567890',
    );
    expect(JSON.stringify(openApiStep(text, 'POST /a').input)).toContain('12345678901234567890');
  });

  it('calls nobody where the document does not say on which host it is', () => {
    const text = document({ servers: [{ url: '/v1' }], paths: { '/a': { get: {} } } });
    const step = openApiStep(text, 'GET /a');
    expect(step.input.url).toBe('https://host.invalid/v1/a');
    expect(about(step)).toEqual(['server']);
    expect(openApiStep(text, 'GET /a', 'https://b.example/v1').input.url).toBe('https://b.example/v1/a');
  });

  it.each([
    ['http://169.254.169.254/latest'],
    ['file:///etc/passwd'],
    ['./other.yaml#/a'],
    ['#/nowhere'],
    ['#/components/__proto__'],
    ['#/constructor'],
  ])('names the reference %s instead of following it', (reference) => {
    expect(about(openApiStep(withBody({ $ref: reference }), 'POST /a'))).toEqual([reference]);
  });
});

describe('hostile documents', () => {
  it('may hold references that lead in a circle', () => {
    const schemas = { a: { $ref: '#/components/schemas/b' }, b: { $ref: '#/components/schemas/a' } };
    const text = withBody({ $ref: '#/components/schemas/a' }, { components: { schemas } });
    expect(about(openApiStep(text, 'POST /a'))).toEqual(['#/components/schemas/a']);
  });

  it('may describe a tree without end', () => {
    const names = Array.from({ length: 40 }, (_, n) => `p${n}`);
    const self = { $ref: '#/components/schemas/self' };
    const schema = {
      type: 'object',
      required: names,
      properties: Object.fromEntries(names.map((name) => [name, self])),
    };
    const text = withBody(self, { components: { schemas: { self: { ...schema, allOf: Array(50).fill(self) } } } });
    expect(JSON.stringify(openApiStep(text, 'POST /a')).length).toBeLessThan(2_000_000);
  });

  it('may hold a value that is part of itself', () => {
    const text = `{openapi: 3.1.0, servers: [{url: 'https://a.example'}], paths: {/a: {post: {requestBody: {content: {application/json: {schema: {properties: {b: {}}, required: [b]}, example: &e {b: [*e]}}}}}}}}`;
    expect(openApiStep(text, 'POST /a').action).toBe('post');
  });

  it.each([
    ['Swagger 2.0', 'swagger: "2.0"\npaths: {}', 'swagger_2'],
    ['a version to come', 'openapi: 4.0.0', 'unknown_version'],
    ['another document', 'a: 1', 'no_openapi'],
    ['a text', 'hello', 'no_openapi'],
    ['broken text', '{"openapi": [}', 'unreadable_document'],
    ['nested text', `${'['.repeat(200)}`, 'too_deep'],
    ['nested YAML', '- '.repeat(200), 'unreadable_document'],
    ['a tag that makes code', 'openapi: !!js/function "function () {}"', 'unreadable_document'],
    ['long YAML', `a: ${'x'.repeat(1024 * 1024)}`, 'document_too_large'],
    ['long JSON', `{"a": "${'x'.repeat(14 * 1024 * 1024)}"}`, 'document_too_large'],
  ])('are refused: %s', (_, text, code) => {
    expect(failure(() => readOpenApi(text))).toEqual(['invalid', code]);
  });

  it('are refused where the operation is none of theirs', () => {
    expect(failure(() => openApiStep(PETSTORE, 'GET /cats'))).toEqual(['invalid', 'unknown_operation']);
  });
});
