import { Combobox, useCombobox } from '@mantine/core';
import { useState } from 'react';
import { IconSelector } from '../../../ui/icons.js';
import { Labelled } from '../../../ui/controls.js';
import controls from '../../../ui/controls.module.css';
import classes from './trigger-form.module.css';

interface EventSelectProps {
  events: { eventType: string; title: string }[];
  value: string | null;
  /** Further types the integration listens to; shown, and kept until another is chosen. */
  others: string[];
  problem?: string;
  readOnly: boolean;
  onChange: (eventType: string) => void;
}

/** A searchable choice of one event. */
export function EventSelect({ events, value, others, problem, readOnly, onChange }: EventSelectProps) {
  const [words, setWords] = useState<string | null>(null);
  const combobox = useCombobox({ onDropdownClose: () => setWords(null) });
  const title = events.find(({ eventType }) => eventType === value)?.title ?? value ?? '';
  const wanted = (words ?? '').trim().toLowerCase();
  const shown = events.filter(({ eventType, title: name }) => `${name} ${eventType}`.toLowerCase().includes(wanted));
  return (
    <Labelled
      label="Event"
      required
      problem={problem}
      hint={
        others.length > 0 ? `Also ${others.join(', ')}. Choosing one here replaces all of them.` : (value ?? undefined)
      }
    >
      {({ id, describedBy, invalid }) => (
        <Combobox
          store={combobox}
          onOptionSubmit={(eventType) => {
            onChange(eventType);
            combobox.closeDropdown();
          }}
        >
          <Combobox.Target>
            <span className={controls.select}>
              <input
                id={id}
                role="combobox"
                aria-expanded={combobox.dropdownOpened}
                aria-describedby={describedBy}
                aria-invalid={invalid}
                className={controls.input}
                readOnly={readOnly}
                placeholder="Choose an event"
                value={words ?? title}
                onClick={() => !readOnly && combobox.openDropdown()}
                onFocus={(event) => event.currentTarget.select()}
                onBlur={() => combobox.closeDropdown()}
                onChange={(event) => {
                  setWords(event.currentTarget.value);
                  combobox.openDropdown();
                  combobox.updateSelectedOptionIndex();
                }}
              />
              <IconSelector size={15} stroke={1.7} aria-hidden />
            </span>
          </Combobox.Target>
          <Combobox.Dropdown>
            <Combobox.Options aria-label="Events">
              {shown.map((event) => (
                <Combobox.Option key={event.eventType} value={event.eventType} active={event.eventType === value}>
                  <span className={classes.option}>
                    {event.title} <code>{event.eventType}</code>
                  </span>
                </Combobox.Option>
              ))}
              {shown.length === 0 && <Combobox.Empty>No event has “{words}” in its name</Combobox.Empty>}
            </Combobox.Options>
          </Combobox.Dropdown>
        </Combobox>
      )}
    </Labelled>
  );
}
