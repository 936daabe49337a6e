import type { Module } from '#runtime'
import { airModule } from './ecology/air/module.ts'
import { legalPersonsModule } from './regulation/legal-persons/module.ts'
import { baseModule } from './resources/base/module.ts'
import { collectionModule } from './resources/collection/module.ts'
import { oneFileModule } from './resources/one-file/module.ts'
import { openDataModule } from './resources/open-data/module.ts'
import { standardsModule } from './resources/standards/module.ts'
import { supervisionCloudModule } from './supervision/cloud/module.ts'

/** The city's systems: the only shared line a new system adds. */
export const domainModules: readonly Module[] = [
  airModule,
  supervisionCloudModule,
  baseModule,
  standardsModule,
  openDataModule,
  collectionModule,
  oneFileModule,
  legalPersonsModule,
]
