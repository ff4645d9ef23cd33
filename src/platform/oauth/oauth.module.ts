import { Module } from '@nestjs/common';
import { HttpModule } from '../http/http.module.js';
import { OAuthClient } from './oauth.client.js';

@Module({ imports: [HttpModule], providers: [OAuthClient], exports: [OAuthClient] })
export class OAuthModule {}
