/**
 * The second door of `kit`: parts with Ant Design that the staff portal and the services' staff pages share. Pages of residents import
 * `kit/door.ts` alone, so none of this reaches a phone.
 */
export { CaseTable, RiskTag } from './case-table.tsx'
export { dayColumn, fenColumn } from './columns.tsx'
export { DataTable } from './data-table.tsx'
export { useEveryTeller } from './every-teller.ts'
export { type Fact, FactList } from './fact-list.tsx'
export { type Field, FieldsForm, type FieldValues } from './fields-form.tsx'
export { fieldsInWords, useFieldsInWords } from './fields-in-words.ts'
export { type FlowOpening, flowPage } from './flow-page.tsx'
export { Loaded } from './loaded.tsx'
export { PersonSearch } from './person-search.tsx'
export { ProblemAlert } from './problem-alert.tsx'
export { Quantity } from './quantity.tsx'
export { RegionSelect, useRegionNames } from './regions.tsx'
export { RuledForm } from './ruled-form.tsx'
export { RulingPanel } from './ruling-panel.tsx'
export type { StaffCasePart } from './staff-case-part.ts'
export { StaffPage } from './staff-page.tsx'
export { standingStaffCase, standingStaffPage } from './standing-parts.tsx'
export { type StepFormSpec, stepForm } from './step-form.tsx'
