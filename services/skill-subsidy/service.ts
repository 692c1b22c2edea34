import { defineService } from '../contract.ts'

/** Skill-upgrade subsidy, Hebei (C3): the rules and their figures; an application has no flow yet. */
export const service = defineService({
  id: 'skill-subsidy',
  title: { zh: '技能提升补贴', en: 'Skill-upgrade subsidy' },
  summary: {
    zh: '取得技能证书的企业职工和领取失业保险金人员领取补贴。',
    en: 'Employees and recipients of unemployment benefit are paid for the skill certificates they have earned.',
  },
  itemCode: 'TB-HE-0002',
  folder: new URL('./', import.meta.url),
  create: () => ({ flows: [], messages: [], routes: [] }),
})
