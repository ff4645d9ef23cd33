import { createBrowserRouter, Navigate } from 'react-router';
import { EventsPage } from '../features/events/events-page.js';
import { IntegrationsPage } from '../features/integrations/integrations-page.js';
import { RunPage } from '../features/runs/run-page.js';
import { RunsPage } from '../features/runs/runs-page.js';
import { Crashed, NoSuchPage } from './dead-ends.js';
import { SessionGate } from './session-gate.js';
import { Shell } from './shell.js';

export const router = createBrowserRouter([
  {
    element: (
      <SessionGate>
        <Shell />
      </SessionGate>
    ),
    errorElement: <Crashed />,
    children: [
      {
        errorElement: <Crashed />,
        children: [
          { path: '/', element: <Navigate to="/integrations" replace /> },
          { path: '/integrations', element: <IntegrationsPage /> },
          { path: '/runs', element: <RunsPage /> },
          { path: '/runs/:id', element: <RunPage /> },
          { path: '/events', element: <EventsPage /> },
          { path: '*', element: <NoSuchPage /> },
        ],
      },
    ],
  },
]);
