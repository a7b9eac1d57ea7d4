import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { type PreviewBody, previewBody } from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { serveRoute } from './route-process.js';

/** The route of previews with all that the framework does for it, token and checked body, and nothing in it. */
@Controller('v1/determination-previews')
class EmptyController {
  @Post()
  @HttpCode(200)
  @Permit('determination:preview')
  preview(@Body({ schema: previewBody }) _body: PreviewBody) {
    return {};
  }
}

await serveRoute(EmptyController);
