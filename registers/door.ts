/**
 * The door of `registers`: dated lists with source: catalogues, mappings, agreements, pilot areas, rules, items, parties, occupations; bulletins;
 * targets, figures, activities, actors and plans, which come as files.
 */
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
  type ClauseTie,
  type ClauseTies,
  clauseTies,
  documentOfTie,
  findTiedParagraph,
  type PrintedParagraph,
  type TiedParagraph,
  tiedParagraphId,
} from './documents/clause-ties.ts'
export type { ExcerptPiece } from './documents/excerpts.ts'
export { type DocumentImport, importDocument } from './documents/import-document.ts'
export { type Letter, lettersOf } from './documents/lexemes.ts'
export { type NamedDocument, namedDocuments } from './documents/named-documents.ts'
export type { Article, Difference, PartKind } from './documents/parts.ts'
export { type StatedDocument, statedDocument } from './documents/read-document.ts'
export { type DocumentQuery, type FoundArticle, type FoundParagraph, searchDocuments } from './documents/search.ts'
export { nameOfSeries } from './documents/series.ts'
export {
  getDocument,
  getDocumentFile,
  listDocuments,
  type StoredArticle,
  type StoredDocument,
  type StoredPart,
} from './documents/stored-documents.ts'
export {
  endListing,
  importListings,
  type Listing,
  listedCreditCodes,
  listingFields,
  listingsOf,
} from './listed-parties.ts'
export {
  type Activity,
  activities,
  activityStateInWords,
  activityStatus,
} from './lists/activities.ts'
export { getList, importShippedLists, lists } from './lists/all-lists.ts'
export { counters, type ServiceCounter } from './lists/counters.ts'
export { type DerivedFigure, derivedFigures } from './lists/derived-figures.ts'
export { type Figure, figureInWords, figures } from './lists/figures.ts'
export type { List, ListedRow, ListId, ToldRow, Tree } from './lists/list.ts'
export {
  advanceListRow,
  currentListRows,
  importListRows,
  type KeptRow,
  type ListImport,
  type ListQuery,
  listRowVersions,
} from './lists/list-rows.ts'
export {
  csvOf,
  type FileRow,
  type ListFile,
  readListYaml,
  tableOfTrees,
  treesOfTable,
} from './lists/list-trees.ts'
export { quantityInWords } from './lists/quantities.ts'
export {
  type Actual,
  actuals,
  listTargets,
  type Progress,
  type ReportedTarget,
  reportActual,
  reportFields,
  type Target,
  targetInWords,
} from './lists/targets.ts'
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
export { nationalCard, recordNationalServices } from './national-services.ts'
export {
  findOccupations,
  findUrgentList,
  importOccupations,
  importUrgentOccupations,
  type Occupation,
  occupationFields,
  occupationsByCode,
  type UrgentList,
  urgentListFields,
} from './occupations.ts'
export { isPilotArea, listPilotAreas, type PilotArea, pilotChoice, selectPilotAreas } from './pilot-areas.ts'
export { listServiceItems, type ServiceItem, serviceItemFields, upsertServiceItem } from './service-items.ts'
export {
  type AgreementKind,
  type CatalogueKind,
  type ControlLevel,
  type MappingState,
  type PartyList,
  partyLists,
  registersMigrations,
  type ServiceMaturity,
} from './tables.ts'
