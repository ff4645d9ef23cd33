import { Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { EgressGuard } from './egress-guard.js';
import { HttpClient } from './http.client.js';

@Module({
  providers: [
    { provide: EgressGuard, inject: [Config], useFactory: (config: Config) => new EgressGuard(config.egressAllow) },
    HttpClient,
  ],
  exports: [EgressGuard, HttpClient],
})
export class HttpModule {}
