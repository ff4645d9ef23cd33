import { Controller, Get, Module, type DynamicModule } from '@nestjs/common';
import { z } from 'zod';
import { Endpoint } from '../platform/api/endpoint.js';

const inspectorSchema = z
  .object({ url: z.string().nullable().meta({ description: 'Null where this server has none.' }) })
  .meta({ id: 'Inspector' });

class InspectorAddress {
  constructor(readonly url: string | null) {}
}

@Controller('api/v1/inspector')
class InspectorController {
  constructor(private readonly address: InspectorAddress) {}

  @Get()
  @Endpoint({
    access: 'viewer',
    summary: 'The address of the built-in receiver, which first calls may be made to',
    answers: { 200: { schema: inspectorSchema } },
  })
  read(): z.infer<typeof inspectorSchema> {
    return { url: this.address.url };
  }
}

/** Tells the web where the built-in receiver is. */
@Module({})
export class InspectorModule {
  static with(url: string | null): DynamicModule {
    return {
      module: InspectorModule,
      controllers: [InspectorController],
      providers: [{ provide: InspectorAddress, useValue: new InspectorAddress(url) }],
    };
  }
}
