import { InitialSchema1795300000000 } from '../../../migrations/1795300000000-initial-schema.js';
import { AddFiles1795334679826 } from '../../../migrations/1795334679826-add-files.js';
import { AddConnections1795334768262 } from '../../../migrations/1795334768262-add-connections.js';
import { AddEventRequest1795339374790 } from '../../../migrations/1795339374790-add-event-request.js';
import { AddInstanceCallbacks1795339465062 } from '../../../migrations/1795339465062-add-instance-callbacks.js';
import { AddEventTypes1795340203063 } from '../../../migrations/1795340203063-add-event-types.js';
import { AddReplays1795340320665 } from '../../../migrations/1795340320665-add-replays.js';
import { AddTreePaths1795340695152 } from '../../../migrations/1795340695152-add-tree-paths.js';
import { AddPlatformWebhooks1795340866462 } from '../../../migrations/1795340866462-add-platform-webhooks.js';
import { AddOauth1795340900000 } from '../../../migrations/1795340900000-add-oauth.js';
import { AddHooks1795341381270 } from '../../../migrations/1795341381270-add-hooks.js';
import { AddIdempotencyKeys1795342971962 } from '../../../migrations/1795342971962-add-idempotency-keys.js';
import { AddSchedules1795343114529 } from '../../../migrations/1795343114529-add-schedules.js';
import { AddSubscriptions1795343510220 } from '../../../migrations/1795343510220-add-subscriptions.js';
import { AddTestOutcome1795344576582 } from '../../../migrations/1795344576582-add-test-outcome.js';
import { AddConnectionTransport1795344695302 } from '../../../migrations/1795344695302-add-connection-transport.js';
import { IndexFailedRuns1795351900315 } from '../../../migrations/1795351900315-index-failed-runs.js';
import { SealKeptAnswers1795352875635 } from '../../../migrations/1795352875635-seal-kept-answers.js';
import { AddDraftEventTypes1795380269534 } from '../../../migrations/1795380269534-add-draft-event-types.js';

/** Oldest first. The only import of `migrations/`: a list of classes, because a folder glob does not survive a build. */
export const migrations = [
  InitialSchema1795300000000,
  AddFiles1795334679826,
  AddConnections1795334768262,
  AddEventRequest1795339374790,
  AddInstanceCallbacks1795339465062,
  AddEventTypes1795340203063,
  AddReplays1795340320665,
  AddTreePaths1795340695152,
  AddPlatformWebhooks1795340866462,
  AddOauth1795340900000,
  AddHooks1795341381270,
  AddIdempotencyKeys1795342971962,
  AddSchedules1795343114529,
  AddSubscriptions1795343510220,
  AddTestOutcome1795344576582,
  AddConnectionTransport1795344695302,
  IndexFailedRuns1795351900315,
  SealKeptAnswers1795352875635,
  AddDraftEventTypes1795380269534,
];
