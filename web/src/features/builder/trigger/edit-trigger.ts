import type { ScheduleTrigger, Trigger, WebhookTrigger } from '../../../api/types.js';

/** Changes parts of the trigger. `merge`: typing in one field is one thing to undo. */
export type EditTrigger = (
  label: string,
  change: Partial<WebhookTrigger | ScheduleTrigger | Trigger>,
  merge?: string,
) => void;
