import { type Access, mayCall, type Role, ROLES } from '../../src/core/role.js';
import { useApp } from '../support/app.js';
import { type ApiCall, callsOf, filledPath, readDocument } from '../support/openapi-calls.js';

/** Every route, by the least role that may call it. A new route is added here by hand: that is the point. */
const ROUTES: Record<Access, string[]> = {
  anonymous: [
    'GET /api/docs',
    'GET /api/docs/openapi-explorer.js',
    'GET /api/openapi.json',
    'GET /health/live',
    'GET /health/ready',
    'GET /oauth/callback',
    'POST /api/v1/auth/sign-in',
    'POST /hooks/{token}',
  ],
  'signed-in': ['GET /api/v1/auth/me', 'POST /api/v1/auth/sign-out'],
  sender: ['POST /api/v1/events', 'POST /api/v1/events/batch'],
  viewer: [
    'GET /api/v1/connections',
    'GET /api/v1/connections/{id}',
    'GET /api/v1/connectors',
    'GET /api/v1/event-types',
    'GET /api/v1/event-types/{name}',
    'GET /api/v1/events',
    'GET /api/v1/events/{id}',
    'GET /api/v1/files/{id}',
    'GET /api/v1/hook-deliveries',
    'GET /api/v1/hook-deliveries/{id}',
    'GET /api/v1/inspector',
    'GET /api/v1/integrations',
    'GET /api/v1/integrations/activity',
    'GET /api/v1/integrations/counts',
    'GET /api/v1/integrations/{id}',
    'GET /api/v1/integrations/{id}/versions',
    'GET /api/v1/integrations/{id}/versions/{n}',
    'GET /api/v1/oauth/callback-url',
    'GET /api/v1/replays',
    'GET /api/v1/replays/{id}',
    'GET /api/v1/schedules/preview',
    'GET /app/api/v1/kapps/{kappSlug}/webhooks',
    'GET /app/api/v1/kapps/{kappSlug}/webhooks/{name}',
    'GET /app/api/v1/meta/webhooks/events/{scope}',
    'GET /app/api/v1/meta/webhooks/events/{scope}/{type}',
    'GET /app/api/v1/meta/webhooks/types/{scope}',
    'GET /v4/webhook-subscriptions',
    'GET /v4/webhook-subscriptions/events',
    'GET /v4/webhook-subscriptions/{id}',
    'GET /v5/notifications/event-types',
    'GET /app/api/v1/webhookJobs',
    'GET /app/api/v1/webhookJobs/{id}',
    'GET /app/api/v1/webhooks',
    'GET /app/api/v1/webhooks/{name}',
    'GET /api/v1/runs',
    'GET /api/v1/runs/causes',
    'GET /api/v1/runs/stream',
    'GET /api/v1/stats',
    'GET /api/v1/runs/{id}',
    'GET /api/v1/runs/{id}/attempts/{attemptId}/curl',
    'GET /api/v1/runs/{id}/har',
    'GET /metrics',
  ],
  operator: [
    'DELETE /api/v1/replays/{id}',
    'POST /api/v1/events/{id}/replay',
    'POST /api/v1/integrations/{id}/backfill',
    'POST /api/v1/integrations/{id}/runs',
    'POST /api/v1/runs/replay',
    'POST /api/v1/hook-deliveries/{id}/check',
    'POST /api/v1/integrations/{id}/runs',
    'POST /api/v1/runs/{id}/cancel',
    'POST /api/v1/runs/{id}/replay',
    'POST /api/v1/integrations/{id}/runs',
    'POST /api/v1/runs/{id}/cancel',
    'POST /api/v1/runs/{id}/replay',
    'PUT /app/api/v1/webhookJobs/{id}',
  ],
  developer: [
    'DELETE /api/v1/connections/{id}',
    'DELETE /api/v1/event-types/{name}',
    'DELETE /api/v1/integrations/{id}',
    'PATCH /api/v1/connections/{id}',
    'PATCH /api/v1/event-types/{name}',
    'PATCH /api/v1/integrations/{id}',
    'POST /app/api/v1/webhooks',
    'PUT /app/api/v1/webhooks/{name}',
    'DELETE /app/api/v1/webhooks/{name}',
    'POST /app/api/v1/kapps/{kappSlug}/webhooks',
    'PUT /app/api/v1/kapps/{kappSlug}/webhooks/{name}',
    'DELETE /app/api/v1/kapps/{kappSlug}/webhooks/{name}',
    'POST /v4/webhook-subscriptions',
    'PATCH /v4/webhook-subscriptions/{id}',
    'DELETE /v4/webhook-subscriptions/{id}',
    'POST /v4/webhook-subscriptions/{id}/rotate-secret',
    'POST /v4/webhook-subscriptions/{id}/test',
    'GET /api/v1/developer/instance-callbacks',
    'GET /api/v1/developer/instance-callbacks/last-calls',
    'GET /api/v1/developer/instance-callbacks/processes',
    'POST /api/v1/developer/instance-callbacks/test',
    'POST /api/v1/connections',
    'POST /api/v1/connections/{id}/authorize',
    'POST /api/v1/connections/{id}/test',
    'POST /api/v1/evaluate',
    'POST /api/v1/event-types',
    'POST /api/v1/files',
    'POST /api/v1/connectors/http/curl',
    'POST /api/v1/connectors/http/openapi',
    'POST /api/v1/integrations',
    'POST /api/v1/integrations/{id}/archive',
    'POST /api/v1/integrations/{id}/duplicate',
    'POST /api/v1/integrations/{id}/hook/rotate',
    'POST /api/v1/integrations/{id}/publish',
    'POST /api/v1/integrations/{id}/steps/{key}/test',
    'POST /api/v1/integrations/{id}/test',
    'POST /api/v1/integrations/{id}/unarchive',
    'POST /api/v1/integrations/{id}/versions/{n}/restore',
    'PUT /api/v1/developer/instance-callbacks',
    'PUT /api/v1/integrations/{id}/state',
  ],
  administrator: ['DELETE /api/v1/api-keys/{id}', 'GET /api/v1/api-keys', 'POST /api/v1/api-keys'],
};

const ACCESS = new Map(
  (Object.entries(ROUTES) as [Access, string[]][]).flatMap(([access, names]) =>
    names.map((name): [string, Access] => [name, access]),
  ),
);

/** No body that any route takes: what is let in gets no further than that. */
const BAD_BODY = '{"no JSON';

describe('every route × every role', () => {
  const app = useApp({ env: { HOOKLINE_ROLE: 'api' } });
  let calls: ApiCall[];
  const keys = new Map<Role, string>();

  beforeAll(async () => {
    calls = callsOf(await readDocument(app.url));
    for (const role of ROLES) {
      const { body } = await app.call('POST', '/api/v1/api-keys', { name: role, role });
      keys.set(role, (body as { key: string }).key);
    }
  });

  const attempt = async (call: ApiCall, key: string | undefined) => {
    const hasBody = call.operation.requestBody !== undefined;
    const response = await fetch(app.url + filledPath(call), {
      method: call.method,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      body: hasBody ? BAD_BODY : undefined,
    });
    await response.body?.cancel();
    return response.status;
  };

  it('lists every route with who may call it', () => {
    const access = calls.map(({ name, operation }) => [name, operation['x-hookline-access']]);
    expect(Object.fromEntries(access)).toEqual(Object.fromEntries(ACCESS));
  });

  it('asks everybody else to sign in, whatever the request holds', async () => {
    for (const call of calls) {
      const status = await attempt(call, undefined);
      const open = ACCESS.get(call.name) === 'anonymous';
      expect({ call: call.name, refused: status === 401 }).toEqual({ call: call.name, refused: !open });
    }
  });

  it.each(ROLES)('opens to a key of the role %s what its role allows, and nothing else', async (role) => {
    for (const call of calls) {
      const status = await attempt(call, keys.get(role));
      const allowed = mayCall(role, ACCESS.get(call.name)!);
      expect({ call: call.name, status: status === 401 || status === 403 ? 'refused' : 'let in' }).toEqual({
        call: call.name,
        status: allowed ? 'let in' : 'refused',
      });
    }
  });

  it('names no operation twice', () => {
    const ids = calls.map(({ operation }) => operation.operationId);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('describes in its document only what it refers to', () => {
    const text = JSON.stringify(calls.map(({ operation }) => operation));
    expect(text).not.toContain('#/$defs/');
  });
});
