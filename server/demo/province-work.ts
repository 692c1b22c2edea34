import type { DemoBusiness, DemoEmployment, DemoWorker } from './employment-plan.ts'

type Business = Pick<DemoBusiness, 'name' | 'title' | 'entityKind' | 'sizeClass' | 'story'> & { owner?: string }
type Worker = Omit<DemoWorker, 'agency'>

/** Businesses and people of one agency's stories; each employer has insured so many people all the time. */
function employmentOf(
  agency: string,
  parts: { banks?: DemoEmployment['banks']; businesses?: readonly Business[]; workers: readonly Worker[] },
): DemoEmployment {
  return {
    banks: parts.banks ?? [],
    businesses: (parts.businesses ?? []).map((business) => ({ ...business, agency, headcounts: [6, 6, 6] as const })),
    otherBusinesses: 0,
    workers: parts.workers.map((worker) => ({ ...worker, agency })),
  }
}

/** Hunan: who came back to start a business, the parks and the bank that help them, and a mentor. */
export const hunanWork = employmentOf('changsha', {
  banks: [{ name: 'hunan-bank', title: '示例湖南农商银行', bankClass: 'local_legal_person', region: '430100' }],
  businesses: [
    {
      ...{ name: 'hunan-noodles', title: '示例返乡米粉店', owner: 'hunan-returner' },
      ...{ entityKind: 'individual_business', sizeClass: 'micro' },
      story: { zh: '返乡创业者的米粉店', en: 'The noodle shop of somebody who came back' },
    },
    {
      ...{ name: 'hunan-tea', title: '示例茶油合作社', owner: 'hunan-borrower' },
      ...{ entityKind: 'enterprise', sizeClass: 'micro' },
      story: { zh: '等待银行放款的茶油合作社', en: 'A tea-oil cooperative that waits for its loan' },
    },
    {
      ...{ name: 'hunan-repair', title: '示例农机维修部', owner: 'hunan-awarded' },
      ...{ entityKind: 'individual_business', sizeClass: 'micro' },
      story: { zh: '已领创业补贴的农机维修部', en: 'A repair shop whose owner was paid the subsidy' },
    },
    {
      ...{ name: 'hunan-park', title: '示例返乡创业园' },
      ...{ entityKind: 'enterprise', sizeClass: 'small' },
      story: { zh: '已认定的返乡创业园，申领年度补助', en: 'A recognised return park that claims its yearly subsidy' },
    },
    {
      ...{ name: 'hunan-new-park', title: '示例新创业园' },
      ...{ entityKind: 'enterprise', sizeClass: 'small' },
      story: { zh: '正在申请认定的创业园', en: 'A park that has applied for recognition' },
    },
  ],
  workers: [
    {
      ...{ name: 'hunan-borrower', title: '示例·谭创', sex: 'female', bornOn: '1987-02-20' },
      story: {
        zh: '返乡办合作社，贷款已担保，待放款',
        en: 'Back to run a cooperative; the loan is guaranteed, to be lent',
      },
    },
    {
      ...{ name: 'hunan-awarded', title: '示例·罗回', sex: 'male', bornOn: '1982-12-01' },
      story: {
        zh: '已领一次性创业补贴，项目参加选拔，待确认导师走访',
        en: 'Was paid the subsidy; has a project in the contest and a mentor’s visit to confirm',
      },
    },
    {
      ...{ name: 'hunan-starter', title: '示例·向新', sex: 'female', bornOn: '1995-07-13' },
      story: { zh: '刚返乡，想参加培训、进孵化基地', en: 'Just back; wants a course and a place in an incubator' },
    },
    {
      ...{ name: 'hunan-mentor', title: '示例·柳师', sex: 'male', bornOn: '1970-05-05' },
      story: { zh: '受聘的创业导师', en: 'A mentor who was appointed' },
    },
  ],
})

/** Ningxia: who works elsewhere, who lost work there, and who is in need. */
export const ningxiaWork = employmentOf('guyuan', {
  businesses: [
    {
      ...{ name: 'ningxia-builder', title: '示例建筑劳务公司' },
      ...{ entityKind: 'enterprise', sizeClass: 'small' },
      story: { zh: '招用农民工的建筑劳务公司', en: 'A building contractor that hired migrant workers' },
    },
  ],
  workers: [
    {
      ...{ name: 'ningxia-fujian', title: '示例·杨闽', sex: 'male', bornOn: '1990-03-08' },
      story: { zh: '在福建务工，本年赴闽就业补贴已发', en: 'Works in Fujian; was paid this year’s subsidy' },
    },
    {
      ...{ name: 'ningxia-away', title: '示例·金远', sex: 'female', bornOn: '1993-11-19' },
      story: { zh: '在广东务工，应发的补贴还没有发', en: 'Works in Guangdong; what is due was not paid yet' },
    },
    {
      ...{ name: 'ningxia-jobless', title: '示例·田失', sex: 'male', bornOn: '1986-06-24' },
      job: {
        ...{ business: 'ningxia-builder', from: '2024-08-01', occupation: '6-31-01-03' },
        ended: { to: '2026-03-31', reason: 'contract_expired' },
      },
      monthsPaid: 20,
      story: { zh: '合同期满失业的农民工，没有领失业保险金', en: 'Lost work with the contract; draws no benefit' },
    },
    {
      ...{ name: 'ningxia-on-benefit', title: '示例·丁保', sex: 'female', bornOn: '1984-01-15' },
      job: {
        ...{ business: 'ningxia-builder', from: '2023-02-01', occupation: '6-31-01-03' },
        ended: { to: '2026-02-28', reason: 'contract_expired' },
      },
      monthsPaid: 36,
      story: { zh: '失业后正在领失业保险金', en: 'Out of work and draws unemployment benefit' },
    },
    {
      ...{ name: 'ningxia-needy', title: '示例·苏困', sex: 'male', bornOn: '1977-09-09' },
      story: { zh: '家人突发重病，申请了临时救助', en: 'Illness in the family; has applied for urgent relief' },
    },
    {
      ...{ name: 'ningxia-hardship', title: '示例·白难', sex: 'female', bornOn: '1974-04-30' },
      story: { zh: '登记失业的就业困难人员，推荐岗位未成', en: 'Registered unemployed, hard to place' },
    },
    {
      ...{ name: 'ningxia-in-post', title: '示例·海岗', sex: 'male', bornOn: '1971-10-10' },
      story: { zh: '在公益性岗位上岗', en: 'Works in a public-welfare post' },
    },
  ],
})

/** Zigong: people of the new forms of work and the new occupations. */
export const zigongWork = employmentOf('zigong', {
  workers: [
    {
      ...{ name: 'zigong-streamer', title: '示例·龚播', sex: 'female', bornOn: '1998-08-18' },
      story: { zh: '直播销售员，培训补贴在办', en: 'A live-stream seller whose training subsidy is under way' },
    },
    {
      ...{ name: 'zigong-rider', title: '示例·曾骑', sex: 'male', bornOn: '1979-02-02' },
      story: { zh: '外卖骑手，上半年社保补贴已发', en: 'A rider who was paid the subsidy of a half-year' },
    },
  ],
})

/** Hefei: who comes with an invitation code, and who buys a home. */
export const hefeiWork = employmentOf('hefei', {
  workers: [
    {
      ...{ name: 'hefei-talent', title: '示例·许才', sex: 'male', bornOn: '1985-12-12' },
      story: { zh: '认定的高级人才，购房补贴在办', en: 'A recognised talent whose subsidy is under way' },
    },
    {
      ...{ name: 'hefei-graduate', title: '示例·魏生', sex: 'female', bornOn: '2003-06-06' },
      story: { zh: '外地应届毕业生，持有择业邀请码', en: 'A graduate from elsewhere who holds an invitation code' },
    },
    {
      ...{ name: 'hefei-returnee', title: '示例·顾归', sex: 'male', bornOn: '2001-01-28' },
      story: { zh: '海外归来的学生，还没有预约', en: 'Back from studies abroad, has not booked yet' },
    },
    {
      ...{ name: 'anhui-villager', title: '示例·汪村', sex: 'male', bornOn: '1966-04-20' },
      story: {
        zh: '年满六十的农村居民，有几年没有缴费，到村级服务点申领居民养老金',
        en: 'A villager of sixty with years unpaid, who claims the pension at the village counter',
      },
    },
  ],
})
