import type { App, Route } from '#runtime'
import {
  correctionExportRoute,
  correctionRoute,
  correctionRowsRoute,
  correctionsRoute,
  leagueRoute,
} from './corrections.ts'
import {
  differencesRoute,
  graphRoute,
  inventoryRoute,
  linkRoute,
  renewRoute,
  suggestRoute,
  systemRoute,
  systemsRoute,
  systemTablesRoute,
  useRoute,
} from './inventory.ts'
import {
  myObjectionsRoute,
  objectOwnRoute,
  objectRoute,
  objectTablesRoute,
  receivedObjectionsRoute,
} from './objections.ts'
import { datasetQualityRoute, qualityRoute, wantCheckRoute } from './quality.ts'
import { publishRuleRoute, saveRuleRoute, tryRuleRoute, withdrawRuleRoute } from './rules.ts'
import { inventorySourcesRoute, linkSourcesRoute, removeGoneRoute, takeOverRoute } from './scans.ts'

const ROUTES = [
  qualityRoute,
  datasetQualityRoute,
  wantCheckRoute,
  tryRuleRoute,
  saveRuleRoute,
  publishRuleRoute,
  withdrawRuleRoute,
  correctionsRoute,
  leagueRoute,
  correctionRoute,
  correctionRowsRoute,
  correctionExportRoute,
  objectRoute,
  objectOwnRoute,
  objectTablesRoute,
  myObjectionsRoute,
  receivedObjectionsRoute,
  inventoryRoute,
  systemsRoute,
  systemRoute,
  systemTablesRoute,
  differencesRoute,
  linkRoute,
  useRoute,
  graphRoute,
  suggestRoute,
  renewRoute,
  inventorySourcesRoute,
  linkSourcesRoute,
  takeOverRoute,
  removeGoneRoute,
] as const

export const collectionRoutes = (app: App): readonly Route[] => ROUTES.map((make) => make(app))
