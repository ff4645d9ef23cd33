import { Controller, Delete, Get, HttpCode, Param, Patch, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { subscriptionEvents } from '../../connectors/webhook/subscription-events.js';
import { CallerOf, type Caller } from '../../platform/api/caller.js';
import { Endpoint } from '../../platform/api/endpoint.js';
import {
  newSubscription,
  parsed,
  settingsOf,
  subscriptionPatch,
  subscriptionView,
  testBody,
} from './subscription.schema.js';
import { SubscriptionsService } from './subscriptions.service.js';

const ID = { schema: z.uuid() };
const done = z.object({ id: z.string(), message: z.string() });
const events = z.object({ events: z.array(z.string()) });

@Controller()
export class SubscriptionsController {
  constructor(private readonly subscriptions: SubscriptionsService) {}

  @Post('v4/webhook-subscriptions')
  @Endpoint({
    access: 'developer',
    answersOnce: true,
    summary: 'Subscribe to events',
    description: 'Each event is sent as a signed call (Standard Webhooks v1). The secret is shown this once.',
    body: newSubscription,
    answers: { 201: { schema: done.extend({ secret: z.string() }) } },
  })
  async create(@Req() request: FastifyRequest, @CallerOf() caller: Caller) {
    const made = await this.subscriptions.create(settingsOf(request.body), caller.id);
    return { id: made.id, message: 'Webhook subscription created', secret: made.secret };
  }

  @Get('v4/webhook-subscriptions')
  @Endpoint({
    access: 'viewer',
    summary: 'List webhook subscriptions',
    answers: { 200: { schema: z.object({ subscriptions: z.array(subscriptionView) }) } },
  })
  async list() {
    return { subscriptions: await this.subscriptions.list() };
  }

  @Get('v4/webhook-subscriptions/events')
  @Endpoint({ access: 'viewer', summary: 'List what can be subscribed to', answers: { 200: { schema: events } } })
  events() {
    return { events: subscriptionEvents };
  }

  @Get('v5/notifications/event-types')
  @Endpoint({ access: 'viewer', summary: 'List the types of notifications', answers: { 200: { schema: events } } })
  eventTypes() {
    return { events: subscriptionEvents };
  }

  @Get('v4/webhook-subscriptions/:id')
  @Endpoint({
    access: 'viewer',
    summary: 'Read a webhook subscription',
    answers: { 200: { schema: subscriptionView } },
  })
  read(@Param('id', ID) id: string) {
    return this.subscriptions.one(id);
  }

  @Patch('v4/webhook-subscriptions/:id')
  @Endpoint({
    access: 'developer',
    summary: 'Change a webhook subscription',
    body: subscriptionPatch,
    answers: { 200: { schema: subscriptionView } },
  })
  change(@Param('id', ID) id: string, @Req() request: FastifyRequest, @CallerOf() caller: Caller) {
    return this.subscriptions.change(id, parsed(subscriptionPatch, request.body), caller.id);
  }

  @Delete('v4/webhook-subscriptions/:id')
  @Endpoint({
    access: 'developer',
    summary: 'End a webhook subscription',
    description: 'Its deliveries stay on record.',
    answers: { 200: { schema: done } },
  })
  async remove(@Param('id', ID) id: string, @CallerOf() caller: Caller) {
    await this.subscriptions.remove(id, caller.id);
    return { id, message: 'Webhook subscription deleted' };
  }

  @Post('v4/webhook-subscriptions/:id/rotate-secret')
  @HttpCode(200)
  @Endpoint({
    access: 'developer',
    answersOnce: true,
    summary: 'Replace the secret of a webhook subscription',
    description: 'Calls are signed with the new and the last secret until the next rotation. It is shown this once.',
    answers: { 200: { schema: done.extend({ secret: z.string() }) } },
  })
  async rotate(@Param('id', ID) id: string, @CallerOf() caller: Caller) {
    return { id, message: 'Secret replaced', secret: await this.subscriptions.rotateSecret(id, caller.id) };
  }

  @Post('v4/webhook-subscriptions/:id/test')
  @HttpCode(200)
  @Endpoint({
    access: 'developer',
    summary: 'Send a test event to a webhook subscription',
    description: 'A real, signed call with the sample of the event.',
    body: testBody,
    answers: { 200: { schema: done.extend({ runId: z.string() }) } },
  })
  async test(@Param('id', ID) id: string, @Req() request: FastifyRequest) {
    const runId = await this.subscriptions.test(id, parsed(testBody, request.body).eventType);
    return { id, message: 'Test event sent', runId };
  }
}
