import type { DemoBusiness, DemoWorker } from './employment-plan.ts'
import type { DemoRegion } from './plan.ts'

const businesses: DemoBusiness[] = [
  {
    ...{ name: 'he-steel', title: '示例钢铁集团', agency: 'tangshan', entityKind: 'enterprise', sizeClass: 'large' },
    headcounts: [320, 318, 316],
    story: { zh: '大型企业，没有裁员', en: 'A large enterprise that laid off nobody' },
  },
  {
    ...{ name: 'he-at-limit', title: '示例重工', agency: 'tangshan', entityKind: 'enterprise', sizeClass: 'large' },
    headcounts: [200, 200, 200],
    layoffs: { 2024: 11, 2025: 11 },
    story: { zh: '大型企业，裁员率正好 5.5%', en: 'A large enterprise that laid off exactly 5.5 %' },
  },
  {
    ...{ name: 'he-over-limit', title: '示例机械', agency: 'tangshan', entityKind: 'enterprise', sizeClass: 'large' },
    headcounts: [200, 200, 200],
    layoffs: { 2024: 12, 2025: 12 },
    story: { zh: '大型企业，裁员率 6%', en: 'A large enterprise that laid off 6 %' },
  },
  {
    ...{ name: 'he-parts', title: '示例汽配', agency: 'shijiazhuang', entityKind: 'enterprise', sizeClass: 'medium' },
    headcounts: [90, 92, 95],
    story: { zh: '中型企业，没有裁员', en: 'A medium enterprise that laid off nobody' },
  },
  {
    ...{ name: 'he-twelve', title: '示例食品', agency: 'shijiazhuang', entityKind: 'enterprise', sizeClass: 'small' },
    headcounts: [18, 18, 18],
    monthsPaid: 12,
    story: { zh: '小型企业，足额缴费正好 12 个月', en: 'A small enterprise that has paid for exactly 12 months' },
  },
  {
    ...{ name: 'he-eleven', title: '示例印刷', agency: 'shijiazhuang', entityKind: 'enterprise', sizeClass: 'small' },
    headcounts: [16, 16, 16],
    monthsPaid: 11,
    story: { zh: '小型企业，足额缴费 11 个月', en: 'A small enterprise that has paid for 11 months' },
  },
  {
    ...{ name: 'he-arrears', title: '示例包装', agency: 'shijiazhuang', entityKind: 'enterprise', sizeClass: 'small' },
    headcounts: [22, 22, 22],
    unpaidMonth: '2025-08',
    story: { zh: '小型企业，2025 年 8 月欠缴', en: 'A small enterprise that owes August 2025' },
  },
  {
    ...{
      name: 'he-dishonest',
      title: '示例建材',
      agency: 'shijiazhuang',
      entityKind: 'enterprise',
      sizeClass: 'small',
    },
    headcounts: [25, 25, 25],
    list: 'serious_dishonesty',
    story: { zh: '小型企业，被列入严重失信名单', en: 'A small enterprise on the list of the seriously dishonest' },
  },
  {
    ...{ name: 'he-bankrupt', title: '示例纺织', agency: 'shijiazhuang', entityKind: 'enterprise', sizeClass: 'large' },
    headcounts: [310, 305, 301],
    list: 'bankruptcy_liquidation',
    story: { zh: '大型企业，被列入破产清算名单', en: 'A large enterprise in bankruptcy liquidation' },
  },
  {
    ...{ name: 'he-closing', title: '示例广告', agency: 'shijiazhuang', entityKind: 'enterprise', sizeClass: 'micro' },
    headcounts: [6, 6, 5],
    list: 'deregistration',
    story: { zh: '微型企业，被列入注销名单', en: 'A micro enterprise that is to be deregistered' },
  },
  {
    ...{ name: 'he-thirty', title: '示例餐饮', agency: 'shijiazhuang', entityKind: 'enterprise', sizeClass: 'small' },
    headcounts: [30, 30, 30],
    layoffs: { 2024: 6, 2025: 6 },
    story: { zh: '参保 30 人，裁员率正好 20%', en: 'Thirty people insured, laid off exactly 20 %' },
  },
  {
    ...{
      name: 'he-thirty-over',
      title: '示例物流',
      agency: 'shijiazhuang',
      entityKind: 'enterprise',
      sizeClass: 'small',
    },
    headcounts: [30, 30, 30],
    layoffs: { 2024: 7, 2025: 7 },
    story: { zh: '参保 30 人，裁员率超过 20%', en: 'Thirty people insured, laid off more than 20 %' },
  },
  {
    ...{ name: 'he-association', title: '示例行业协会', agency: 'shijiazhuang', sizeClass: 'micro' },
    entityKind: 'social_organisation',
    headcounts: [5, 5, 5],
    story: { zh: '社会团体，参照实施', en: 'A social organisation: by reference' },
  },
  {
    ...{ name: 'he-foundation', title: '示例基金会', agency: 'shijiazhuang', sizeClass: 'micro' },
    entityKind: 'foundation',
    headcounts: [4, 4, 4],
    story: { zh: '基金会，参照实施', en: 'A foundation: by reference' },
  },
  {
    ...{ name: 'he-care-home', title: '示例养老服务中心', agency: 'shijiazhuang', sizeClass: 'small' },
    entityKind: 'social_service',
    headcounts: [35, 36, 38],
    story: { zh: '社会服务机构，参照实施', en: 'A social service institution: by reference' },
  },
  {
    ...{ name: 'he-lawyers', title: '示例律师事务所', agency: 'shijiazhuang', sizeClass: 'small' },
    entityKind: 'law_firm',
    headcounts: [14, 15, 15],
    story: { zh: '律师事务所，参照实施', en: 'A law firm: by reference' },
  },
  {
    ...{ name: 'he-accountants', title: '示例会计师事务所', agency: 'shijiazhuang', sizeClass: 'small' },
    entityKind: 'accounting_firm',
    headcounts: [17, 17, 18],
    story: { zh: '会计师事务所，参照实施', en: 'An accounting firm: by reference' },
  },
  {
    ...{ name: 'he-shop', title: '示例便利店', agency: 'shijiazhuang', sizeClass: 'micro', owner: 'he-shopkeeper' },
    entityKind: 'individual_business',
    headcounts: [4, 4, 5],
    story: { zh: '以单位形式参保的个体工商户，参照实施', en: 'An individual business insured as a unit: by reference' },
  },
]

const workers: DemoWorker[] = [
  {
    ...{ name: 'he-welder', title: '示例·韩焊', agency: 'shijiazhuang', sex: 'male', bornOn: '1990-02-11' },
    job: { business: 'he-parts', from: '2022-03-01', occupation: '6-18-02-04' },
    monthsPaid: 50,
    certificates: [{ occupation: '6-18-02-04', level: 4, issuedOn: '2026-03-10' }],
    story: { zh: '企业职工，刚取得焊工四级证书', en: 'An employee with a new certificate: welder, level 4' },
  },
  {
    ...{
      name: 'he-three-certificates',
      title: '示例·多证',
      agency: 'shijiazhuang',
      sex: 'female',
      bornOn: '1993-08-05',
    },
    job: { business: 'he-parts', from: '2021-06-01', occupation: '6-30-99-00' },
    monthsPaid: 59,
    certificates: [
      { occupation: '6-30-99-00', level: 3, issuedOn: '2026-01-20' },
      { occupation: '4-10-01-05', level: 4, issuedOn: '2026-02-25' },
      { occupation: '4-03-02-01', level: 5, issuedOn: '2026-03-30' },
    ],
    story: {
      zh: '一年取得三本证书，两本属于急需紧缺',
      en: 'Three certificates in one year, two of them in occupations that are needed urgently',
    },
  },
  {
    ...{ name: 'he-twelve-months', title: '示例·满年', agency: 'shijiazhuang', sex: 'male', bornOn: '1999-04-18' },
    job: { business: 'he-twelve', from: '2025-05-01', occupation: '6-31-01-03' },
    monthsPaid: 12,
    certificates: [{ occupation: '6-31-01-03', level: 3, issuedOn: '2026-02-14' }],
    story: { zh: '失业保险缴费正好 12 个月', en: 'Insured for exactly 12 months' },
  },
  {
    ...{ name: 'he-eleven-months', title: '示例·差月', agency: 'shijiazhuang', sex: 'female', bornOn: '2000-10-02' },
    job: { business: 'he-eleven', from: '2025-06-01', occupation: '6-31-01-03' },
    monthsPaid: 11,
    certificates: [{ occupation: '6-31-01-03', level: 3, issuedOn: '2026-02-14' }],
    story: {
      zh: '失业保险在本地缴费 11 个月，以前在南京缴过半年',
      en: 'Insured for 11 months here, and for half a year in Nanjing before',
    },
  },
  {
    ...{ name: 'he-technician', title: '示例·技师', agency: 'tangshan', sex: 'male', bornOn: '1981-12-24' },
    job: { business: 'he-steel', from: '2016-07-01', occupation: '6-18-01-01' },
    monthsPaid: 118,
    certificates: [{ occupation: '6-18-01-01', level: 2, issuedOn: '2026-04-08' }],
    story: {
      zh: '取得二级（技师）证书，原文没有列金额',
      en: 'A certificate of level 2, for which the text gives no amount',
    },
  },
  {
    ...{ name: 'he-jobless', title: '示例·待业', agency: 'shijiazhuang', sex: 'female', bornOn: '1988-05-30' },
    job: {
      ...{ business: 'he-parts', from: '2022-09-01', occupation: '4-07-03-04' },
      ended: { to: '2025-12-31', reason: 'contract_expired' },
    },
    monthsPaid: 40,
    certificates: [{ occupation: '4-10-01-03', level: 5, issuedOn: '2026-03-18' }],
    story: {
      zh: '合同期满失业，失业后取得证书',
      en: 'Out of work since the contract ran out, with a certificate made since',
    },
  },
  {
    ...{ name: 'he-laid-off', title: '示例·被裁', agency: 'tangshan', sex: 'male', bornOn: '1985-07-07' },
    job: {
      ...{ business: 'he-at-limit', from: '2020-11-01', occupation: '6-18-02-04' },
      ended: { to: '2026-04-30', reason: 'economic_layoff' },
    },
    monthsPaid: 66,
    story: {
      zh: '上月底被裁员，缴费满五年',
      en: 'Laid off at the end of last month, insured for more than five years',
    },
  },
  {
    ...{ name: 'he-older', title: '示例·大龄', agency: 'shijiazhuang', sex: 'male', bornOn: '1966-09-15' },
    job: {
      ...{ business: 'he-care-home', from: '2015-05-01', occupation: '4-03-02-01' },
      ended: { to: '2026-04-30', reason: 'contract_expired' },
    },
    monthsPaid: 132,
    story: { zh: '距法定退休年龄不足一年时失业', en: 'Lost work with less than a year to go to the retirement age' },
  },
  {
    ...{ name: 'he-resigned', title: '示例·辞职', agency: 'shijiazhuang', sex: 'female', bornOn: '1992-01-19' },
    job: {
      ...{ business: 'he-lawyers', from: '2023-11-01', occupation: '4-07-03-04' },
      ended: { to: '2026-04-30', reason: 'resigned' },
    },
    monthsPaid: 30,
    story: { zh: '本人辞职', en: 'Resigned' },
  },
  {
    ...{ name: 'he-shopkeeper', title: '示例·店主', agency: 'shijiazhuang', sex: 'female', bornOn: '1979-03-03' },
    story: { zh: '便利店（个体工商户）的经营者', en: 'Owner of a corner shop, an individual business' },
  },
]

/** Hebei: employers that may get back contributions, and people with certificates or out of work. */
export const hebei: DemoRegion = {
  region: '130000',
  agencies: [
    { name: 'hebei', region: '130000', county: '130102', employers: 0, residents: 0 },
    { name: 'shijiazhuang', region: '130100', county: '130102', employers: 0, residents: 0 },
    { name: 'tangshan', region: '130200', county: '130202', employers: 0, residents: 0 },
  ],
  institutions: [],
  characters: [],
  pilotPrefectures: [],
  priceLevelPpm: 1_000_000,
  employment: { banks: [], businesses, otherBusinesses: 22, workers },
}
