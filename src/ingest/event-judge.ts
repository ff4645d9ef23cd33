import { Injectable } from '@nestjs/common';
import { EventTypes } from '../connectors/event-types/event-types.js';
import { HooklineError, invalid, pointer } from '../core/errors.js';
import { RESERVED_EVENT_TYPES } from '../core/event.js';
import type { CheckedEvent, Judgement } from './checked-event.js';

/** Of a batch: who has read twenty hints needs no thousand, and each costs a comparison with every name there is. */
const MAX_HINTED = 20;

/** Judges events by their types: whether there is such a type, and the data by its schema. */
@Injectable()
export class EventJudge {
  constructor(private readonly eventTypes: EventTypes) {}

  /** Refuses nothing by the types of yesterday: one may have been made a moment ago, through another process. */
  async judge(checked: CheckedEvent, plain: unknown, at: Judgement['at']): Promise<Judgement> {
    try {
      return this.judgeByKnownTypes(checked, plain, at);
    } catch (error) {
      const { epoch } = this.eventTypes;
      await this.eventTypes.refresh();
      if (epoch === this.eventTypes.epoch) throw error;
      return this.judgeByKnownTypes(checked, plain, at);
    }
  }

  /** By its type as this process knows it now. Throws where there is none, and where the data is to be refused. */
  private judgeByKnownTypes(
    { event: { type, dataText } }: CheckedEvent,
    plain: unknown,
    at: Judgement['at'],
  ): Judgement {
    const { epoch } = this.eventTypes;
    const known = this.eventTypes.find(type);
    if (!known || RESERVED_EVENT_TYPES.has(type)) throw unknownType(type, this.near(type, at), at);
    const { validation } = known.type;
    const faults = validation === 'off' ? null : known.faults(plain, dataText.length);
    if (faults === null || validation === 'warn') return { epoch, faults, plain, at };
    const under = pointer([...at, 'data']);
    throw invalid(
      'schema_mismatch',
      faults.map((fault) => ({ ...fault, path: under + fault.path })),
    );
  }

  private near(type: string, at: Judgement['at']): string[] {
    const index = at.find((part) => typeof part === 'number') ?? 0;
    return index < MAX_HINTED ? this.eventTypes.near(type) : [];
  }

  /**
   * Again, where a type has changed since: what comes after the answer to a change is judged by it. Null, and noted
   * under its event's id, where it is refused now.
   */
  judgeAgain(each: CheckedEvent, refused: Map<string, HooklineError>): CheckedEvent | null {
    const { judgement } = each;
    if (judgement === null || judgement.epoch === this.eventTypes.epoch) return each;
    try {
      return { ...each, judgement: this.judgeByKnownTypes(each, judgement.plain, judgement.at) };
    } catch (error) {
      if (!(error instanceof HooklineError)) throw error;
      refused.set(each.event.id, error);
      return null;
    }
  }
}

function unknownType(type: string, near: string[], at: readonly (string | number)[]): HooklineError {
  const hint = RESERVED_EVENT_TYPES.has(type)
    ? 'is made by the engine itself and cannot be sent'
    : `is no event type${near.length > 0 ? `; did you mean ${near.join(', ')}?` : '; see GET /api/v1/event-types'}`;
  return invalid('unknown_event_type', [
    { path: pointer([...at, 'type']), code: 'unknown_event_type', message: `${JSON.stringify(type)} ${hint}` },
  ]);
}
