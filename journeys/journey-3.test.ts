import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { button, shoot } from './browser.ts'
import { admit } from './hospitals.ts'
import { enter, pick, press } from './keyboard.ts'
import { approveFiling } from './officers.ts'
import {
  answerFiling,
  eightMonthsInUrumqi,
  type Filing,
  file,
  readECardCode,
  referralToNanjing,
  resident,
} from './residents.ts'
import { tellStory } from './story.ts'

// What is refused says why, by which clause, and what the person can do.

const story = tellStory('journey-3')
const [jiangsu, gansu, xinjiang] = ['320000', '620000', '650000']
const urumqiHospital = { region: xinjiang, login: 'urumqi-hospital-office' }
const nanjingHospital = { region: jiangsu, login: 'nanjing-hospital-office' }
let liNasFiling = ''

type Refusal = { reason: string; clause: string; advice: string }

/** The page names all three. */
async function expectRefusal(page: Page, { reason, clause, advice }: Refusal, picture: string): Promise<void> {
  for (const text of [reason, clause, advice]) await page.getByText(text).first().waitFor()
  await shoot(page, `journey-3/${picture}`)
}

describe('journey 3: filings that the rule refuses, before they are sent', () => {
  type Refused = { title: string; region: string; who: string; filing: Filing; refusal: Refusal }
  const cases: Refused[] = [
    {
      title: 'A1.09: five months instead of eight',
      region: jiangsu,
      who: '示例·陈五月',
      filing: { ...eightMonthsInUrumqi, since: '2025-12-12' },
      refusal: {
        reason: '在外地居住或工作的时间不够',
        clause: 'A1.09',
        advice: '居住或工作满期限后再申请',
      },
    },
    {
      title: 'A1.10: no determination or confirmation',
      region: jiangsu,
      who: '示例·周未认',
      filing: eightMonthsInUrumqi,
      refusal: { reason: '没有工伤认定或确认', clause: 'A1.10', advice: '请先申请工伤认定' },
    },
    {
      title: 'A3.11: an opinion of level 1 in Xinjiang',
      region: xinjiang,
      who: '示例·艾力',
      filing: {
        ...referralToNanjing,
        opinion: { institution: '乌鲁木齐示例社区医院', level: '1', issuedOn: '2026-05-08' },
      },
      refusal: {
        reason: '出具转诊意见的机构级别不够',
        clause: 'A3.11',
        advice: '请到级别符合要求的协议医疗机构重新出具转诊意见',
      },
    },
  ]
  it.each(cases)('$title', async ({ title, region, who, filing, refusal }) => {
    const page = await resident(story, region, who)
    await answerFiling(page, region, filing)
    await page.getByText('按规定不能办理').waitFor()
    expect(await button(page, '我有不同情况，仍然提交').isVisible()).toBe(true)
    await expectRefusal(page, refusal, title.slice(0, title.indexOf(':')))
  })
})

describe('journey 3: what an effective filing does not give', () => {
  it('A1.13: a change inside the lock', async () => {
    const page = await resident(story, jiangsu, '示例·李娜')
    liNasFiling = await file(page, jiangsu, eightMonthsInUrumqi)
    await approveFiling(story, jiangsu, 'nanjing', liNasFiling)
    await page.goto(`/${jiangsu}/resident/cases/${liNasFiling}`)
    await press(button(page, '申请变更就医地'))
    await pick(page.getByLabel('省（自治区、直辖市）'), '甘肃省')
    await pick(page.getByLabel('市（地、州、盟）'), '兰州市')
    await enter(page.getByLabel('为什么变更？'), '搬到兰州居住')
    await press(button(page, '提交'))
    await expectRefusal(page, { reason: '仍在变更锁定期内', clause: 'A1.13', advice: '锁定期满后再申请变更' }, 'A1.13')
  })

  it('A1.04: outpatient care', async () => {
    const code = await readECardCode(await resident(story, jiangsu, '示例·李娜'), jiangsu)
    const page = await admit(story, urumqiHospital, { code }, '门诊')
    await expectRefusal(
      page,
      { reason: '门诊费用暂不直接结算', clause: 'A1.04', advice: '请先付费并保留票据' },
      'A1.04',
    )
  })

  it('A1.07: a hospital that is not live yet', async () => {
    const code = await readECardCode(await resident(story, jiangsu, '示例·李娜'), jiangsu)
    const page = await admit(story, { region: xinjiang, login: 'urumqi-hospital-not-live-office' }, { code })
    await expectRefusal(
      page,
      { reason: '医疗机构尚未上线直接结算', clause: 'A1.07', advice: '可转到已上线的协议机构' },
      'A1.07',
    )
  })

  it('A1.05: a card that was reported lost', async () => {
    const own = await resident(story, jiangsu, '示例·吴失卡')
    await own.goto(`/${jiangsu}/resident/card`)
    await own.getByText('已挂失').first().waitFor()
    const card = (await own.locator('.kit-facts .kit-code').first().innerText()).trim()
    const page = await admit(story, urumqiHospital, { card, province: '江苏省' })
    await expectRefusal(
      page,
      { reason: '社保卡不可用', clause: 'A1.05', advice: '请补办社保卡或重新申领电子社保卡' },
      'A1.05',
    )
  })

  it('A3.12: an admission after the referral expired', async () => {
    const own = await resident(story, gansu, '示例·马军')
    await approveFiling(story, gansu, 'lanzhou', await file(own, gansu, referralToNanjing))
    await story.product.moveTo('2026-11-30')
    const page = await admit(story, nanjingHospital, { code: await readECardCode(own, gansu) })
    await expectRefusal(page, { reason: '备案已过有效期', clause: 'A3.12', advice: '请重新申请备案' }, 'A3.12')
  })

  it('whoever is refused at the hospital finds it among their own cases', async () => {
    const own = await resident(story, gansu, '示例·马军')
    await own.goto(`/${gansu}/resident/cases`)
    await own.getByText('不能直接结算').first().waitFor()
    await shoot(own, 'journey-3/own-cases')
  })
})
