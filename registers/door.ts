/** The door of `registers`: dated lists with source: catalogues, code mappings, agreements, pilot areas, control rules, service items. */
export {
  type Agreement,
  type AgreementStatus,
  type AgreementSteps,
  advanceAgreement,
  agreementFields,
  agreementStatusOn,
  agreementSteps,
  directConnectionStatus,
  listAgreements,
  type MissingMinimum,
  provincesMissingMinimum,
  recordAgreement,
} from './agreements.ts'
export {
  type CatalogueEntry,
  type CatalogueImport,
  type CataloguePage,
  type CatalogueQuery,
  type CatalogueRow,
  catalogueKind,
  catalogueRow,
  findCatalogueEntries,
  importCatalogue,
  listCatalogueEntries,
} from './catalogue.ts'
export { type ControlRule, controlRuleFields, listControlRules, upsertControlRule } from './control-rules.ts'
export {
  approveMappings,
  type CodeMapping,
  findMappings,
  listMappings,
  type MappingPlace,
  type MappingRow,
  mappingRow,
  proposeMappings,
  rejectMappings,
} from './mappings.ts'
export { isPilotArea, listPilotAreas, type PilotArea, pilotChoice, selectPilotAreas } from './pilot-areas.ts'
export { listServiceItems, type ServiceItem, serviceItemFields, upsertServiceItem } from './service-items.ts'
export {
  type AgreementKind,
  type CatalogueKind,
  type ControlLevel,
  type MappingState,
  registersMigrations,
  type ServiceMaturity,
} from './tables.ts'
