import type { Module } from '#runtime'
import { analyticsModule } from './analytics/module.ts'
import { auditModule } from './audit/module.ts'
import { cryptoModule } from './crypto/module.ts'
import { documentsModule } from './documents/module.ts'
import { exchangeModule } from './exchange/module.ts'
import { formsModule } from './forms/module.ts'
import { identityModule } from './identity/module.ts'
import { indicatorsModule } from './indicators/module.ts'
import { loopsModule } from './loops/module.ts'
import { mapModule } from './map/module.ts'
import { noticesModule } from './notices/module.ts'
import { registryModule } from './registry/module.ts'
import { rulesModule } from './rules/module.ts'
import { sensingModule } from './sensing/module.ts'
import { sourcesModule } from './sources/module.ts'
import { tagsModule } from './tags/module.ts'

/** The platform's capabilities; order does not matter, needs decide. */
export const platformModules: readonly Module[] = [
  indicatorsModule,
  cryptoModule,
  auditModule,
  identityModule,
  documentsModule,
  formsModule,
  loopsModule,
  mapModule,
  noticesModule,
  registryModule,
  rulesModule,
  sensingModule,
  sourcesModule,
  analyticsModule,
  exchangeModule,
  tagsModule,
]
