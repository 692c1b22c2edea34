import { defineWords } from '../../../kit/door.ts'

/** Words of the pages of campaigns. */
export const campaignWords = defineWords({
  title: { zh: '招才引智活动', en: 'Talent campaigns' },
  summary: {
    zh: '直播带岗、高校行和产业链；各项数字分开填报。',
    en: 'Live streams, campus tour and chains; each figure apart.',
  },
  kind: { zh: '种类', en: 'Kind' },
  live_stream: { zh: '直播带岗', en: 'Live stream' },
  campus_stop: { zh: '高校行一站', en: 'Campus stop' },
  industry_chain: { zh: '产业链', en: 'Industry chain' },
  name: { zh: '名称', en: 'Name' },
  ledBy: { zh: '主播、城市或链长', en: 'Host, city or leader of the chain' },
  on: { zh: '日期', en: 'Day' },
  firms: { zh: '企业', en: 'Firms' },
  posts: { zh: '岗位', en: 'Posts' },
  views: { zh: '观看人次', en: 'Views' },
  cvs: { zh: '收到简历', en: 'CVs' },
  universities: { zh: '高校', en: 'Universities' },
  intentions: { zh: '达成意向', en: 'Intentions' },
  intentionsMasterOrAbove: { zh: '其中硕士以上', en: 'of them master or above' },
  agreementsUnderDiscussion: { zh: '洽谈中的协议', en: 'Agreements under discussion' },
  agreementsSigned: { zh: '已签订的协议', en: 'Agreements signed' },
  postsOpen: { zh: '招聘岗位', en: 'Posts open' },
  postsFilled: { zh: '已招到', en: 'Posts filled' },
  shortage: { zh: '缺人研判', en: 'Lacks people' },
})

/** The figures of each kind, in the order asked. */
export const figureNames = {
  live_stream: ['firms', 'posts', 'views', 'cvs'],
  campus_stop: [
    'universities',
    'cvs',
    'intentions',
    'intentionsMasterOrAbove',
    'agreementsUnderDiscussion',
    'agreementsSigned',
  ],
  industry_chain: ['postsOpen', 'postsFilled'],
} as const
