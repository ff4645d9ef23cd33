import type { BuiltinType, JsonSchema } from '../event-type.js';
import { flag, list, maybe, object, text, time, values } from '../schema-words.js';

const named = (what: string): JsonSchema =>
  object({ name: text('What people read.'), slug: text('Its name in addresses.') }, [], what);

const space = named('Where it happened.');
const kapp = named('The application it belongs to.');
const user = object(
  {
    username: text('What they sign in with.'),
    displayName: maybe(text('Full name.')),
    email: maybe(text('Address for mail.')),
    enabled: flag('Whether they may sign in.'),
    spaceAdmin: flag('Whether they administer the space.'),
    attributesMap: values('Lists of texts, by name.'),
  },
  ['username'],
);
const team = object(
  {
    name: text('With its parents, joined by ::'),
    localName: text('Without them.'),
    slug: text('Its name in addresses.'),
    description: maybe(text('What it is for.')),
    memberships: list(object({ user: object({ username: text('Of the member.') }) }), 'Who belongs to it.'),
  },
  ['name'],
);
const form = object(
  {
    name: text('What people read.'),
    slug: text('Its name in addresses.'),
    type: maybe(text('For example Service.')),
    status: text('For example Active.'),
    description: maybe(text('What it is for.')),
    createdAt: time('When it was made.'),
    createdBy: text('Who made it.'),
    updatedAt: time('When it was last changed.'),
    updatedBy: text('Who changed it.'),
  },
  ['slug'],
);
const submission = object(
  {
    id: text('Of the submission.'),
    handle: text('A short id for people.'),
    label: text('What people know it by.'),
    coreState: text('Draft, Submitted or Closed.'),
    values: values('What was filled in, by the name of the field.'),
    createdAt: time('When it was begun.'),
    createdBy: text('Who began it.'),
    submittedAt: maybe(time('When it was submitted.')),
    submittedBy: maybe(text('Who submitted it.')),
  },
  ['id'],
);

const inSpace = { name: 'Acme', slug: 'acme' };
const services = { name: 'Services', slug: 'services' };
const maya = {
  username: 'maya.fernandez@example.com',
  displayName: 'Maya Fernandez',
  email: 'maya.fernandez@example.com',
  enabled: true,
  spaceAdmin: false,
  attributesMap: { Department: ['Finance'] },
};
const finance = {
  name: 'Finance::Accounts payable',
  localName: 'Accounts payable',
  slug: 'accounts-payable',
  description: 'Pays what we owe.',
  memberships: [{ user: { username: 'maya.fernandez@example.com' } }],
};
const made = { createdAt: '2026-11-20T09:12:44.000Z', createdBy: 'jonas.weber@example.com' };
const formSample = (name: string, slug: string, type: string | null) => ({
  name,
  slug,
  type,
  status: 'Active',
  description: null,
  ...made,
  updatedAt: made.createdAt,
  updatedBy: made.createdBy,
});
const vendors = formSample('Vendors', 'vendors', null);
const laptop = formSample('Request a laptop', 'request-a-laptop', 'Service');
const submitted = {
  coreState: 'Submitted',
  submittedAt: '2026-11-22T03:47:15.120Z',
  submittedBy: 'maya.fernandez@example.com',
};
const draft = (values: object, label: string) => ({
  id: '1f0b8c52-7c33-11f0-9a5e-3f2f6a1c9d10',
  handle: '3F2F6A',
  label,
  coreState: 'Draft',
  values,
  ...made,
  submittedAt: null,
  submittedBy: null,
});
const record = draft({ Name: 'Brightwell GmbH', Country: 'DE', Status: 'Approved' }, 'Brightwell GmbH');
const request = draft({ Model: '14 inch', 'Needed by': '2026-12-01' }, 'Request a laptop');

type Verb = 'Created' | 'Updated' | 'Deleted' | 'Submitted';

/** What the events of one kind of thing share; the 14 differ in the verb. */
interface Kind {
  /** `{prefix}.{verb in small letters}` is the type's name. */
  prefix: string;
  noun: string;
  /** The platform's own words: it says Users, but Team. */
  action: string;
  treeGroup: string;
  schema: JsonSchema;
  sample: Record<string, unknown>;
  happenings: [verb: Verb, description: string, changed?: Record<string, unknown>][];
}

const kinds: Kind[] = [
  {
    prefix: 'space.user',
    noun: 'User',
    action: 'Users',
    treeGroup: 'Users',
    schema: object({ space, user }, ['user']),
    sample: { space: inSpace, user: maya },
    happenings: [
      ['Created', 'A user was added to the space.'],
      ['Updated', 'A user of the space was changed.'],
      ['Deleted', 'A user was removed from the space.'],
    ],
  },
  {
    prefix: 'space.team',
    noun: 'Team',
    action: 'Team',
    treeGroup: 'Teams',
    schema: object({ space, team }, ['team']),
    sample: { space: inSpace, team: finance },
    happenings: [
      ['Created', 'A team was added to the space.'],
      ['Updated', 'A team of the space was changed.'],
      ['Deleted', 'A team was removed from the space.'],
    ],
  },
  {
    prefix: 'space.datastore_form',
    noun: 'Datastore form',
    action: 'Datastore Form',
    treeGroup: 'Datastore Forms > [datastore-form-slug]',
    schema: object({ space, form }, ['form']),
    sample: { space: inSpace, form: vendors },
    happenings: [
      ['Created', 'A datastore form was added to the space.'],
      ['Updated', 'A datastore form of the space was changed.'],
    ],
  },
  {
    prefix: 'space.datastore_submission',
    noun: 'Datastore submission',
    action: 'Datastore Submission',
    treeGroup: 'Datastore Submissions > [datastore-form-slug]',
    schema: object({ space, form, submission }, ['form', 'submission']),
    sample: { space: inSpace, form: vendors, submission: record },
    happenings: [
      ['Created', 'A record was begun in a datastore form.'],
      ['Submitted', 'A record of a datastore form was submitted.', { submission: { ...record, ...submitted } }],
    ],
  },
  {
    prefix: 'kapp.form',
    noun: 'Form',
    action: 'Form',
    treeGroup: '[kapp-slug] > [form-slug]',
    schema: object({ space, kapp, form }, ['kapp', 'form']),
    sample: { space: inSpace, kapp: services, form: laptop },
    happenings: [
      ['Created', 'A form was added to a kapp.'],
      ['Updated', 'A form of a kapp was changed.'],
    ],
  },
  {
    prefix: 'kapp.submission',
    noun: 'Submission',
    action: 'Submission',
    treeGroup: 'Submissions > [kapp-slug] > [form-slug]',
    schema: object({ space, kapp, form, submission }, ['kapp', 'form', 'submission']),
    sample: { space: inSpace, kapp: services, form: laptop, submission: request },
    happenings: [
      ['Created', 'A submission of a form was begun.'],
      ['Submitted', 'A submission of a form was submitted.', { submission: { ...request, ...submitted } }],
    ],
  },
];

export const spaces: BuiltinType[] = kinds.flatMap(({ prefix, noun, action, treeGroup, schema, sample, happenings }) =>
  happenings.map(([verb, description, changed]) => ({
    name: `${prefix}.${verb.toLowerCase()}`,
    title: `${noun} ${verb.toLowerCase()}`,
    description,
    schema,
    sample: { ...sample, ...changed },
    tree: { actionTitle: `${action} ${verb}`, treeGroup, treeName: verb },
  })),
);
