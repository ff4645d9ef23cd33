import { Injectable } from '@nestjs/common';
import type { Definition, Step } from '../core/definition.js';
import { allSteps } from '../core/plan.js';
import type { CompiledStep } from '../connectors/action.js';
import { findAction } from '../connectors/catalog.js';
import { compileCondition, type Condition } from '../platform/expressions/condition.js';
import { DefinitionStore } from '../runs/definition-store.js';

export interface RunnableStep {
  step: Step;
  compiled: CompiledStep;
  /** Null: always runs. */
  condition: Condition | null;
}

export interface RunnableDefinition {
  definition: Definition;
  steps: Map<string, RunnableStep>;
}

const MAX_CACHED = 500;

/** Definitions ready to run, compiled once: they are immutable. */
@Injectable()
export class CompiledDefinitions {
  private readonly cache = new Map<number, RunnableDefinition>();

  constructor(private readonly definitions: DefinitionStore) {}

  /** Throws where a stored definition cannot be compiled, which publishing rules out. */
  async get(id: number): Promise<RunnableDefinition> {
    const cached = this.cache.get(id);
    if (cached) return cached;
    const definition = await this.definitions.get(id);
    const steps = new Map(allSteps(definition.steps).map((step) => [step.key, compileStep(step)]));
    if (this.cache.size >= MAX_CACHED) this.cache.delete(this.cache.keys().next().value!);
    const runnable = { definition, steps };
    this.cache.set(id, runnable);
    return runnable;
  }
}

export function compileStep(step: Step): RunnableStep {
  const action = findAction(step.connector, step.action);
  if (!action) throw new Error(`Step "${step.key}" uses ${step.connector}.${step.action}, which does not exist.`);
  return {
    step,
    compiled: action.compile(step.input),
    condition: step.if === null ? null : compileCondition(step.if),
  };
}
