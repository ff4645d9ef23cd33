import { createBrowserRouter } from 'react-router';
import { IntegrationsPage } from '../features/integrations/integrations-page.js';
import { Crashed, NoSuchPage } from './dead-ends.js';
import { firstRun, Home } from './home.js';
import { SessionGate } from './session-gate.js';
import { Shell } from './shell.js';

/** The builder is heavy and most visits do without it. */
const builder = async () => {
  const { BuilderPage } = await import('../features/builder/builder-page.js');
  return { Component: BuilderPage };
};

const connections = async () => {
  const { ConnectionsPage } = await import('../features/connections/connections-page.js');
  return { Component: ConnectionsPage };
};
const connection = async () => {
  const { ConnectionPage } = await import('../features/connections/connection-page.js');
  return { Component: ConnectionPage };
};
/** Pages that most visits do without. */
const runs = async () => ({ Component: (await import('../features/runs/runs-page.js')).RunsPage });
const run = async () => ({ Component: (await import('../features/runs/run-page.js')).RunPage });
const events = async () => ({ Component: (await import('../features/events/events-page.js')).EventsPage });
const refused = async () => ({ Component: (await import('../features/events/refused-page.js')).RefusedPage });
const jobs = async () => ({ Component: (await import('../features/jobs/jobs-page.js')).JobsPage });
const callbacks = async () => ({ Component: (await import('../features/callbacks/callbacks-page.js')).CallbacksPage });
const catalog = async () => ({ Component: (await import('../features/catalog/catalog-page.js')).CatalogPage });
const subscriptions = async () => ({
  Component: (await import('../features/subscriptions/subscriptions-page.js')).SubscriptionsPage,
});

export const router = createBrowserRouter([
  {
    element: (
      <SessionGate>
        <Shell />
      </SessionGate>
    ),
    errorElement: <Crashed />,
    hydrateFallbackElement: <></>,
    children: [
      {
        errorElement: <Crashed />,
        children: [
          { path: '/', element: <Home /> },
          { path: '/first-run', lazy: firstRun },
          { path: '/integrations', element: <IntegrationsPage /> },
          { path: '/integrations/:id/:tab?', lazy: builder },
          { path: '/connections', lazy: connections },
          { path: '/connections/:id', lazy: connection },
          { path: '/runs', lazy: runs },
          { path: '/runs/:id', lazy: run },
          { path: '/events/:id?', lazy: events },
          { path: '/events/refused/:id?', lazy: refused },
          { path: '/jobs/:id?', lazy: jobs },
          { path: '/subscriptions/:id?', lazy: subscriptions },
          { path: '/catalog/:name?', lazy: catalog },
          { path: '/callbacks', lazy: callbacks },
          { path: '*', element: <NoSuchPage /> },
        ],
      },
    ],
  },
]);
