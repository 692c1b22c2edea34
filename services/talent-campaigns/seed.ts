import { startOfDate } from '../../ground/door.ts'
import type { DemoNation } from '../contract.ts'

/** Campaigns of the spring in Hefei; all figures are invented, the article's own are rows of the registers. */
const campaigns = [
  {
    planned: { kind: 'live_stream', name: '示例：春季直播带岗第一场', ledBy: '示例主播', on: '2026-04-08' },
    figures: { firms: 12, posts: 480, views: 156_000, cvs: 1_930 },
  },
  {
    planned: { kind: 'industry_chain', name: '示例：新能源汽车产业链', ledBy: '示例链长', on: '2026-04-10' },
    figures: { postsOpen: 2_600, postsFilled: 1_450 },
  },
  {
    planned: { kind: 'campus_stop', name: '示例：高校行武汉站', ledBy: '武汉', on: '2026-04-22' },
    figures: {
      ...{ universities: 5, cvs: 3_100, intentions: 860, intentionsMasterOrAbove: 410 },
      ...{ agreementsUnderDiscussion: 120, agreementsSigned: 35 },
    },
  },
  { planned: { kind: 'live_stream', name: '示例：高校毕业生专场直播', ledBy: '示例主播', on: '2026-05-20' } },
] as const

/** Three campaigns are reported, one is still to come. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find('340000')
  if (!node) return
  nation.moveTo(startOfDate('2026-04-24', '09:00'))
  for (const campaign of campaigns) {
    const caseId = await node.open('hefei-accept', { flow: 'talent-campaign', body: campaign.planned })
    if ('figures' in campaign) await node.take('hefei-accept', caseId, 'report', { figures: campaign.figures })
  }
}
