import type { NewIntegration } from '../../api/types.js';

/** The event that a new server listens to. */
export const WELCOME = { type: 'hookline.welcome', data: { name: 'Ada' } };

export interface Example {
  id: string;
  title: string;
  text: string;
  methods: string[];
  icon: 'task' | 'person' | 'clock';
  draft: (receiver: string) => NewIntegration;
}

const pairs = (values: Record<string, string>) => Object.entries(values).map(([key, value]) => ({ key, value }));

/** Passes the welcome event on to a receiver: the shortest integration there is. */
export const welcomeDraft = (url: string): NewIntegration => ({
  name: 'Pass the welcome event on',
  description: 'Sends what a welcome event says to a receiver.',
  trigger: { type: 'event', eventType: WELCOME.type },
  steps: [
    {
      key: 'pass_on',
      name: 'Pass it on',
      action: 'post',
      input: {
        url,
        body: pairs({ greeting: 'Hello {{ trigger.data.name }}', event: '{{ trigger.id }}', at: '{{ trigger.time }}' }),
      },
    },
  ],
});

/** Whole integrations to look at and to change. Each works as it is: its calls go to `receiver`, which answers an `id`. */
export const EXAMPLES: Example[] = [
  {
    id: 'task',
    title: 'Completed task to another system',
    text: 'Event, condition, and a POST with mapped fields; empty ones are left out',
    methods: ['POST'],
    icon: 'task',
    draft: (receiver) => ({
      name: 'Completed task to another system',
      description: 'Example: sends urgent tasks on when they are completed.',
      trigger: { type: 'event', eventType: 'project.task.completed', filter: 'trigger.data.priority == "High"' },
      steps: [
        {
          key: 'create_entry',
          name: 'Create an entry',
          action: 'post',
          input: {
            url: `${receiver}/entries`,
            body: [
              ...pairs({
                title: '{{ trigger.data.name }}',
                project: '{{ trigger.data.project.name }}',
                completedBy: '{{ trigger.data.completedBy.email }}',
              }),
              { key: 'due', value: '{{ trigger.data.due }}', whenMissing: 'omit' },
            ],
          },
        },
      ],
    }),
  },
  {
    id: 'person',
    title: 'New user: account, then a welcome',
    text: 'Two calls; the second one uses what the first one answered',
    methods: ['POST', 'PUT'],
    icon: 'person',
    draft: (receiver) => ({
      name: 'New user: account, then a welcome',
      description: 'Example: makes an account for each new user, then writes to it.',
      trigger: { type: 'event', eventType: 'space.user.created' },
      steps: [
        {
          key: 'create_account',
          name: 'Create the account',
          action: 'post',
          input: {
            url: `${receiver}/accounts`,
            body: pairs({ name: '{{ trigger.data.user.displayName }}', email: '{{ trigger.data.user.email }}' }),
          },
        },
        {
          key: 'send_welcome',
          name: 'Send the welcome',
          action: 'put',
          input: {
            url: `${receiver}/accounts/{{ steps.create_account.body.id }}/welcome`,
            body: pairs({
              account: '{{ steps.create_account.body.id }}',
              text: 'Welcome, {{ trigger.data.user.displayName }}',
            }),
          },
        },
      ],
    }),
  },
  {
    id: 'clock',
    title: 'Every morning: fetch and pass on',
    text: 'A schedule, a GET, and a POST of what came back',
    methods: ['GET', 'POST'],
    icon: 'clock',
    draft: (receiver) => ({
      name: 'Every morning: fetch and pass on',
      description: 'Example: fetches a report on weekdays at eight and posts it on.',
      trigger: { type: 'schedule', cron: '0 8 * * 1-5', timezone: Intl.DateTimeFormat().resolvedOptions().timeZone },
      steps: [
        {
          key: 'fetch_report',
          name: 'Fetch the report',
          action: 'get',
          input: { url: `${receiver}/report`, query: pairs({ until: '{{ trigger.data.scheduledAt }}' }) },
        },
        {
          key: 'post_report',
          name: 'Post it on',
          action: 'post',
          input: {
            url: `${receiver}/channel`,
            body: pairs({ report: '{{ steps.fetch_report.body.id }}', from: '{{ steps.fetch_report.body.url }}' }),
          },
        },
      ],
    }),
  },
];
