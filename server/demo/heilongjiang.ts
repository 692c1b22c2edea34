import type { DemoBank, DemoBusiness, DemoWorker } from './employment-plan.ts'
import type { DemoRegion } from './plan.ts'

const region = '230100'

const banks: DemoBank[] = [
  { name: 'harbin-bank', title: '示例地方法人银行', bankClass: 'local_legal_person', region },
  { name: 'harbin-boc', title: '示例银行（原名单中的中国银行）', bankClass: 'bank_of_china', region },
  { name: 'harbin-state-bank', title: '示例国有商业银行', bankClass: 'state_owned', region },
  { name: 'harbin-postal-bank', title: '示例邮政储蓄银行', bankClass: 'postal', region },
  { name: 'harbin-joint-stock', title: '示例股份制银行黑龙江分行', bankClass: 'joint_stock_provincial_branch', region },
  { name: 'harbin-other-bank', title: '示例外省银行', bankClass: 'other', region },
]

const businesses: DemoBusiness[] = [
  {
    ...{ name: 'hlj-small', title: '示例冰雪装备', agency: 'harbin', entityKind: 'enterprise', sizeClass: 'small' },
    headcounts: [38, 40, 42],
    story: { zh: '小型企业，没有裁员', en: 'A small enterprise that laid off nobody' },
  },
  {
    ...{ name: 'hlj-at-limit', title: '示例木业', agency: 'harbin', entityKind: 'enterprise', sizeClass: 'small' },
    headcounts: [200, 200, 195],
    layoffs: { 2025: 11 },
    story: { zh: '小型企业，上年裁员率正好 5.5%', en: 'A small enterprise that laid off exactly 5.5 % last year' },
  },
  {
    ...{ name: 'hlj-over-limit', title: '示例乳业', agency: 'harbin', entityKind: 'enterprise', sizeClass: 'small' },
    headcounts: [250, 250, 236],
    layoffs: { 2025: 14 },
    story: { zh: '小型企业，上年裁员率 5.6%', en: 'A small enterprise that laid off 5.6 % last year' },
  },
  {
    ...{ name: 'hlj-shrinking', title: '示例软件', agency: 'harbin', entityKind: 'enterprise', sizeClass: 'micro' },
    headcounts: [12, 12, 9],
    story: {
      zh: '微型企业，人数减少但没有裁员',
      en: 'A micro enterprise with fewer people, though nobody was laid off',
    },
  },
  {
    ...{ name: 'hlj-micro', title: '示例文创', agency: 'harbin', entityKind: 'enterprise', sizeClass: 'micro' },
    headcounts: [5, 6, 6],
    owner: 'hlj-owner',
    story: { zh: '微型企业，企业主也可以贷款', en: 'A micro enterprise whose owner may borrow too' },
  },
  {
    ...{ name: 'hlj-medium', title: '示例装备制造', agency: 'harbin', entityKind: 'enterprise', sizeClass: 'medium' },
    headcounts: [300, 300, 300],
    story: { zh: '中型企业，不在贷款范围', en: 'A medium enterprise, outside the loan' },
  },
  {
    ...{ name: 'hlj-shop', title: '示例小吃店', agency: 'harbin', sizeClass: 'micro', owner: 'hlj-shopkeeper' },
    entityKind: 'individual_business',
    headcounts: [2, 2, 2],
    story: { zh: '个体工商户，有雇工', en: 'An individual business with employees' },
  },
  {
    ...{ name: 'hlj-alone', title: '示例修理铺', agency: 'harbin', sizeClass: 'micro', owner: 'hlj-repairer' },
    entityKind: 'individual_business',
    headcounts: [0, 0, 0],
    story: { zh: '个体工商户，没有雇工', en: 'An individual business without employees' },
  },
]

const workers: DemoWorker[] = [
  {
    ...{ name: 'hlj-owner', title: '示例·文创', agency: 'harbin', sex: 'female', bornOn: '1987-06-21' },
    story: { zh: '微型企业主', en: 'Owner of a micro enterprise' },
  },
  {
    ...{ name: 'hlj-shopkeeper', title: '示例·小吃', agency: 'harbin', sex: 'male', bornOn: '1983-09-09' },
    story: { zh: '小吃店（个体工商户）的经营者', en: 'Owner of a snack bar, an individual business' },
  },
  {
    ...{ name: 'hlj-repairer', title: '示例·修理', agency: 'harbin', sex: 'male', bornOn: '1976-11-30' },
    story: { zh: '没有雇工的个体工商户', en: 'Runs an individual business alone' },
  },
]

/** Heilongjiang: small enterprises, their owners and individual businesses that ask for a loan, and the banks that lend. */
export const heilongjiang: DemoRegion = {
  region: '230000',
  agencies: [
    { name: 'heilongjiang', region: '230000', county: '230102', employers: 0, residents: 0 },
    { name: 'harbin', region, county: '230102', employers: 0, residents: 0 },
  ],
  institutions: [],
  characters: [],
  pilotPrefectures: [],
  priceLevelPpm: 1_000_000,
  employment: { banks, businesses, otherBusinesses: 4, workers },
}
