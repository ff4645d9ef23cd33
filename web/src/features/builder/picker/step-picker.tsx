import { useConnectors } from '../../../api/catalog.js';
import type { StepChoice } from '../../../flow/new-step.js';
import type { Place } from '../../../flow/steps.js';
import { Chooser, type Choice } from '../../../ui/chooser.js';
import { MethodIcon } from '../../../ui/method-icon.js';
import { addStep } from '../draft/step-actions.js';
import { useDraftStore } from '../draft/draft-context.js';
import { recentChoices, rememberChoice } from './recent-choices.js';

interface StepPickerProps {
  place: Place;
  onClose: () => void;
  onAdded: (key: string) => void;
}

/** What can be added: every action of every connector, the ones used last first. */
export function StepPicker({ place, onClose, onAdded }: StepPickerProps) {
  const store = useDraftStore();
  const connectors = useConnectors();
  const all = (connectors.data ?? []).flatMap(({ key, title, actions }) =>
    actions.map((action) => ({ connector: key, action: action.key, title: action.title, group: title })),
  );
  const idOf = ({ connector, action }: StepChoice) => `${connector}.${action}`;
  const recent = recentChoices().flatMap((id) => all.find((each) => idOf(each) === id) ?? []);
  const choiceOf = (each: StepChoice, group: string): Choice => ({
    id: `${group}-${idOf(each)}`.replace(/\W/g, '-'),
    group,
    text: each.title,
    detail: DETAILS[idOf(each)],
    icon: <MethodIcon method={each.action} large />,
    act: () => {
      rememberChoice(idOf(each));
      onAdded(addStep(store, { ...each, title: NAMES[idOf(each)] ?? each.title }, place));
    },
  });
  return (
    <Chooser
      label="Add a step"
      placeholder="Find a step to add"
      pending={connectors.isPending}
      empty={
        connectors.isPending
          ? 'Loading the steps'
          : connectors.isError
            ? 'The steps could not be loaded. Close this and try again.'
            : 'No step is called so.'
      }
      choices={[
        ...(recent.length > 0 && all.length > 6 ? recent.map((each) => choiceOf(each, 'Recent')) : []),
        ...all.map((each) => choiceOf(each, each.group)),
      ]}
      onClose={onClose}
    />
  );
}

const DETAILS: Record<string, string> = {
  'http.get': 'Read something from a URL',
  'http.post': 'Create something: the body parameters go out as JSON',
  'http.put': 'Change something that exists',
  'http.custom': 'Any method; JSON, raw text, URL encoded, form data with files',
};
/** A name that a key can be made of; people rename it. */
const NAMES: Record<string, string> = {
  'http.get': 'Get data',
  'http.post': 'Post data',
  'http.put': 'Put data',
  'http.custom': 'Make a call',
};
