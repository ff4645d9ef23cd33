/** Something that can happen and start integrations. Schemas and samples come with it later; nothing is refused for them. */
export interface EventType {
  name: string;
  connector: string;
  title: string;
  description: string;
  validation: 'warn';
  builtin: true;
}

type Row = [name: string, title: string, description: string];

const builtin: Record<string, Row[]> = {
  project: [
    ['project.task.created', 'Task created', 'A task was added to a project.'],
    ['project.task.updated', 'Task updated', 'A field of a task was changed.'],
    ['project.task.assigned', 'Task assigned', 'A task was given to somebody.'],
    ['project.task.completed', 'Task completed', 'A task was done.'],
    ['project.task.deleted', 'Task deleted', 'A task was removed from a project.'],
  ],
  process: [
    ['process.instance.created', 'Instance created', 'An instance of a process was started.'],
    ['process.instance.updated', 'Instance updated', 'An instance of a process was changed.'],
    ['process.instance.deleted', 'Instance deleted', 'An instance of a process was removed.'],
  ],
  space: [
    ['space.user.created', 'User created', 'A user was added to the space.'],
    ['space.user.updated', 'User updated', 'A user of the space was changed.'],
    ['space.user.deleted', 'User deleted', 'A user was removed from the space.'],
    ['space.team.created', 'Team created', 'A team was added to the space.'],
    ['space.team.updated', 'Team updated', 'A team of the space was changed.'],
    ['space.team.deleted', 'Team deleted', 'A team was removed from the space.'],
    ['space.datastore_form.created', 'Datastore form created', 'A datastore form was added to the space.'],
    ['space.datastore_form.updated', 'Datastore form updated', 'A datastore form of the space was changed.'],
    ['space.datastore_submission.created', 'Datastore submission created', 'A record was begun in a datastore form.'],
    [
      'space.datastore_submission.submitted',
      'Datastore submission submitted',
      'A record of a datastore form was submitted.',
    ],
    ['kapp.form.created', 'Form created', 'A form was added to a kapp.'],
    ['kapp.form.updated', 'Form updated', 'A form of a kapp was changed.'],
    ['kapp.submission.created', 'Submission created', 'A submission of a form was begun.'],
    ['kapp.submission.submitted', 'Submission submitted', 'A submission of a form was submitted.'],
  ],
  workflow: [
    ['workflow.started', 'Workflow started', 'A run of a workflow has begun.'],
    ['workflow.finished', 'Workflow finished', 'A run of a workflow has ended well.'],
    ['workflow.failed', 'Workflow failed', 'A run of a workflow has ended with an error.'],
    ['workflow.recovered', 'Workflow recovered', 'A workflow that had failed works again.'],
    ['workflow.sample_finished', 'Sample finished', 'A sample run of a workflow has ended.'],
    ['workflow.data_change', 'Data changed', 'A workflow found data that differs from the last time.'],
    ['workflow.export_completed', 'Export completed', 'An export of a workflow\u2019s data is ready.'],
    [
      'workflow.validation_anomaly_change',
      'Validation anomalies changed',
      'The check of a workflow\u2019s data found other anomalies.',
    ],
  ],
  system: [
    ['system.maintenance', 'Maintenance', 'Maintenance is announced or has begun.'],
    ['system.service_degradation', 'Service degraded', 'A service works slower or less reliably than usual.'],
    ['system.credits_low', 'Credits low', 'Few credits are left on the account.'],
    ['system.free_trial_ending', 'Free trial ending', 'The free trial of the account ends soon.'],
  ],
  hookline: [
    ['hookline.welcome', 'Welcome', 'The event of the first start: send it to see the sample integration run.'],
  ],
};

/** Every type that an event may have today, in the order of the catalogue. */
export const eventTypes: readonly EventType[] = Object.entries(builtin).flatMap(([connector, rows]) =>
  rows.map(([name, title, description]) => ({
    name,
    connector,
    title,
    description,
    validation: 'warn',
    builtin: true,
  })),
);

const byName = new Map(eventTypes.map((type) => [type.name, type]));

export const findEventType = (name: string): EventType | undefined => byName.get(name);

const MAX_NEAR = 3;
/** Longer names are nobody's slip of the pen, and comparing costs length × length. */
const MAX_COMPARED = 100;

/** At most three names that somebody who wrote `name` may have meant, the likeliest first. */
export function nearEventTypes(name: string): string[] {
  const wanted = name
    .trim()
    .toLowerCase()
    .replace(/[\s/:_-]+/g, '.');
  if (wanted === '' || wanted.length > MAX_COMPARED) return [];
  return eventTypes
    .map((type) => ({ name: type.name, distance: distanceTo(wanted, type.name.replaceAll('_', '.')) }))
    .filter(({ name: each, distance }) => distance <= Math.max(2, Math.floor(each.length / 5)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_NEAR)
    .map((near) => near.name);
}

/** Edits between the two; a name that ends with what was asked for (`task.created`) is near by that alone. */
function distanceTo(wanted: string, name: string): number {
  return name.endsWith(`.${wanted}`) ? 1 : editDistance(wanted, name);
}

/** Levenshtein's, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, swap));
    }
    row = next;
  }
  return row[b.length];
}
