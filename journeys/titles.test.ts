import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { button, caseIdOf, shoot } from './browser.ts'
import { openDesk } from './desk.ts'
import { choose, enter, press } from './keyboard.ts'
import { atCase, officer, submitStep, untilDone } from './officers.ts'
import { resident } from './residents.ts'
import { tellStory } from './story.ts'

// Two titles that experts judge, from the application to the certificate: a senior technician of Hohhot, and a physician of a county hospital in Jiangxi.

const story = tellStory('titles', { regions: '000000,150000,360000' })

/** Where a title is applied for and judged: its officers' logins begin with the names of the agency and of the province. */
type Title = {
  region: string
  agency: string
  province: string
  pages: string
  applicant: string
  applicationId: string
  roundId: string
}

const skilled: Title = {
  ...{ region: '150000', agency: 'hohhot', province: 'inner-mongolia', pages: 'skilled-titles' },
  ...{ applicant: '示例·包工', applicationId: '', roundId: '' },
}
const health: Title = {
  ...{ region: '360000', agency: 'nanchang', province: 'jiangxi', pages: 'health-titles' },
  ...{ applicant: '示例·熊医', applicationId: '', roundId: '' },
}
const reviewers = ['甲', '乙', '丙', '丁', '戊', '己'].map((letter) => `示例·评委${letter}`)

const picture = (name: string) => `titles/${name}`
const next = (page: Page) => press(button(page, '下一步'))
const confirm = (page: Page) => submitStep(page, { submit: '确认' })

/** Somebody's window at the first question of the application, or at another page of the title. */
async function open(title: Title, name: string, path = 'apply'): Promise<Page> {
  const page = await resident(story, title.region, name)
  await page.goto(`/${title.region}/resident/services/${title.pages}/${path}`)
  return page
}

/** Answers the questions in their order: by the words of a choice, or a count of years. */
async function answer(page: Page, ...answers: string[]): Promise<void> {
  for (const [index, given] of answers.entries()) {
    await page.getByText(`第 ${index + 1} 题`).waitFor()
    if (/^\d+$/.test(given)) await enter(page.getByRole('textbox'), given)
    else await choose(page.getByRole('radio', { name: given, exact: true }))
    await next(page)
  }
  await page.getByText('按规定，现在看结果是').waitFor()
}

async function begin(page: Page): Promise<void> {
  await press(page.getByRole('link', { name: '开始填写' }))
}

async function send(page: Page): Promise<string> {
  await press(button(page, '提交'))
  await page.waitForURL(/\/cases\/[^?]+\?sent/)
  return caseIdOf(page)
}

/** The application, as its applicant sees it. */
async function ownCase(title: Title): Promise<Page> {
  const page = await resident(story, title.region, title.applicant)
  await page.goto(`/${title.region}/resident/cases/${title.applicationId}`)
  return page
}

/** Two officers accept and check an application. */
async function admit(title: Title): Promise<void> {
  const accept = await atCase(story, title.region, `${title.agency}-accept`, title.applicationId)
  await submitStep(accept, {})
  await untilDone(accept, '受理')
  const check = await atCase(story, title.region, `${title.agency}-review`, title.applicationId)
  await submitStep(check, { fields: { 审查意见: '与登记相符' } })
  await untilDone(check, '资格审查')
}

/** The province closes the round, which numbers the entries, and draws who judges. */
async function drawCommittee(title: Title): Promise<Page> {
  const page = await officer(story, title.region, `${title.province}-review`, `/${title.pages}/rounds`)
  await press(page.locator('main a[href*="/cases/"]').first())
  await page.waitForURL(/\/cases\//)
  title.roundId = caseIdOf(page)
  await confirm(page)
  await untilDone(page, '截止并编号')
  await confirm(page)
  await untilDone(page, '抽取评审专家')
  await page.getByText(/示例·评委.*（5 人在席，0 人回避/).waitFor()
  return page
}

/** The scores are opened, and another officer puts the list before the public. */
async function publicise(title: Title): Promise<void> {
  const round = await atCase(story, title.region, `${title.province}-review`, title.roundId)
  await round.getByText('评分已齐，可以启封。').first().waitFor()
  await confirm(round)
  await untilDone(round, '启封计分')
  await round.getByRole('cell', { name: '通过', exact: true }).waitFor()
  await shoot(round, picture(`${title.pages}-ranked`))
  const approve = await atCase(story, title.region, `${title.province}-approve`, title.roundId)
  await confirm(approve)
  await untilDone(approve, '公示')
}

describe('titles that experts judge, from the application to the certificate', () => {
  it('C12-t3, C12-t4: who has no certificate may not apply, nor anybody in a series outside the eight', async () => {
    const unskilled = await open(skilled, '示例·评委己')
    await begin(unskilled)
    await answer(unskilled, '工程', '助理级', '没有', '是', '否', '0', '否')
    await unskilled.getByText('没有高级工及以上的等级').first().waitFor()
    await shoot(unskilled, picture('01-no-certificate'))
    const page = await open(skilled, skilled.applicant)
    await begin(page)
    await answer(page, '卫生', '副高级', '没有', '是', '否', '0', '否')
    await page.getByText('这个系列没有贯通标准').first().waitFor()
    await shoot(page, picture('02-no-series'))
  })

  it('C12.05: a senior technician applies for deputy-senior engineer; the certificate comes from the register', async () => {
    const page = await resident(story, skilled.region, skilled.applicant)
    await press(page.getByRole('link', { name: '修改' }).first())
    await answer(page, '工程', '副高级', '没有', '是', '否', '0', '否')
    await page.getByText('技能等级贯通', { exact: true }).waitFor()
    await shoot(page, picture('03-preview'))
    skilled.applicationId = await send(page)
    await page.getByText('待受理').first().waitFor()
    await shoot(page, picture('04-sent'))
    await admit(skilled)
  })

  it('C11-t2, C11-t3: ethics come first; a county doctor is judged in the county group, and papers are not asked', async () => {
    const page = await open(health, health.applicant)
    await begin(page)
    await answer(page, '医疗', '否', '副高级', '中级', '6', '否')
    await page.getByText('医德考核不合格').first().waitFor()
    await shoot(page, picture('05-ethics'))
    await press(page.getByRole('link', { name: '修改' }).last())
    await choose(page.getByRole('radio', { name: '是', exact: true }))
    await next(page)
    await page.getByText('使用范围（定向）', { exact: true }).waitFor()
    expect(await page.getByRole('main').innerText()).not.toMatch(/论文|学历|博士/)
    await shoot(page, picture('06-county'))
    health.applicationId = await send(page)
    await admit(health)
  })

  it('C12.03: after the last day the round is closed and five of six reviewers are drawn; one who leaves is followed by the sixth', async () => {
    await story.product.moveTo('2026-07-01')
    const page = await drawCommittee(skilled)
    await shoot(page, picture('07-drawn'))
    await press(page.getByRole('radiogroup', { name: '步骤' }).getByText('专家回避或更换'))
    await press(page.getByRole('combobox', { name: '更换哪名专家' }))
    await press(page.locator('.ant-select-item-option').first())
    await submitStep(page, { fields: { 理由: '与申报人是师徒' } })
    await untilDone(page, '专家回避或更换')
    await shoot(page, picture('08-replaced'))
  })

  it('C12.03: each scores what the rule weighs, without names, and nothing else is taken', async () => {
    let scored = 0
    for (const name of reviewers) {
      const page = await open(skilled, name, 'desk')
      const sheet = page.getByRole('heading', { name: 'A-001' })
      await sheet.or(page.getByText('您现在没有要评审的材料。')).waitFor()
      if (!(await sheet.isVisible())) continue
      expect(await page.getByRole('main').innerText()).not.toContain('包工')
      for (const label of ['工作业绩', '专业技能', '创新价值']) await enter(page.getByLabel(label), '86')
      await enter(page.getByLabel('职业道德'), '101')
      await enter(page.getByLabel('评语'), '一线难题解决得好')
      expect(await button(page, '保存评分').isDisabled()).toBe(true)
      await enter(page.getByLabel('职业道德'), '90')
      await press(button(page, '保存评分'))
      await page.getByText('已评').waitFor()
      if (scored === 0) await shoot(page, picture('09-desk'))
      scored += 1
    }
    expect(scored).toBe(5)
    await publicise(skilled)
  })

  it('C11.05: the county group scores the four indicators', async () => {
    await shoot(await drawCommittee(health), picture('10-county-drawn'))
    const { url } = story.product
    const desk = z.object({
      seats: z.array(z.object({ group: z.string(), sheets: z.array(z.object({ code: z.string() })) })),
    })
    let scored = 0
    for (let nth = 1; nth <= reviewers.length; nth += 1) {
      const reviewer = await openDesk(url, health.region, `jiangxi-reviewer-${nth}`)
      const { seats } = await reviewer.get('/services/senior-health-titles/review/desk', desk)
      for (const { group, sheets } of seats) {
        expect(group).toBe('county')
        expect(sheets.map(({ code }) => code)).toEqual(['B-001'])
        await reviewer.post(
          `/services/senior-health-titles/review/rounds/${health.roundId}/entries/B-001/score`,
          {
            scores: { treatmentEffect: 90, serviceQuality: 85, patientsReceived: 80, publicHealth: 70 },
            comment: '接诊量大，群众评价好',
          },
          z.object({ points: z.literal(8425) }),
        )
        scored += 1
      }
    }
    expect(scored).toBe(5)
    await publicise(health)
  })

  it('C11.07: what is said against it in public is looked into by a supervisor, and who said it is told', async () => {
    const page = await open(health, '示例·评委己', 'publicity')
    await page.getByRole('heading', { name: /\*/ }).waitFor()
    await page.getByText('公示到 2026年7月8日').first().waitFor()
    await shoot(page, picture('11-publicity'))
    await press(button(page, '提出异议'))
    await enter(page.getByLabel('异议内容'), '接诊量与挂号系统不符')
    await press(button(page, '提交'))
    await page.getByText('已收到，将进行核查。').first().waitFor()
    const supervisor = await atCase(story, health.region, 'nanchang-supervisor', health.applicationId)
    await supervisor.getByText('接诊量与挂号系统不符').first().waitFor()
    await submitStep(supervisor, { choices: ['异议不属实'], fields: { 理由: '调取挂号系统，数字相符' } })
    await untilDone(supervisor, '异议核查结论')
    await shoot(supervisor, picture('12-settled'))
    await page.goto(`/${health.region}/resident/services/${health.pages}/publicity`)
    await page.getByText('经核查不属实').first().waitFor()
    await shoot(page, picture('13-told'))
  })

  it('C12.05: on the last day of publicity nothing is given, on the day after the title is, with a certificate that verifies', async () => {
    await story.product.moveTo('2026-07-08')
    await (await ownCase(skilled)).getByText('公示中').first().waitFor()
    await story.product.moveTo('2026-07-09')
    const page = await ownCase(skilled)
    await page.getByText('已授予').first().waitFor()
    await page.getByText('技能等级贯通', { exact: true }).waitFor()
    await shoot(page, picture('14-granted'))
    await page.goto(`/${skilled.region}/resident/me`)
    const masked = await page.getByText(/^\d{6}\*{8}/).innerText()
    await page.goto(`/${skilled.region}/resident/me/certificates`)
    const code = await page.locator('.resident-row .kit-code').innerText()
    const href = await page.getByRole('link', { name: '打开 PDF' }).getAttribute('href')
    await shoot(page, picture('15-certificates'))
    const file = await page.request.get(href ?? '')
    expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-')
    const anybody = await story.visits.anonymous('phone')
    await anybody.goto(`/${skilled.region}/resident/verify?code=${code}`)
    await enter(anybody.getByLabel('证件号码后四位'), masked.slice(-4))
    await press(button(anybody, '核验'))
    await anybody.getByText('真实有效').first().waitFor()
    await anybody.getByText('副高级').first().waitFor()
    await shoot(anybody, picture('16-verified'))
    await page.goto(`/${skilled.region}/resident/me/access-log`)
    await page.getByText('专家评审：发证').first().waitFor()
    expect(await page.getByRole('main').innerText()).not.toMatch(/review/)
    await shoot(page, picture('17-looked-up'))
  })

  it('C11-t3: the title of the county doctor says where it is used, and holds as long as that is so', async () => {
    const page = await ownCase(health)
    await page.getByText('已授予').first().waitFor()
    await page.getByText('使用范围（定向）', { exact: true }).waitFor()
    const number = await page.getByText(/^WZC/).first().innerText()
    await shoot(page, picture('18-county-granted'))
    await page.goto(`/${health.region}/resident/services/${health.pages}/move`)
    await enter(page.getByLabel('职称证书编号'), 'WZC-1')
    await press(button(page, '提交'))
    await page.getByText('没有这个编号的职称，或者不是您的').first().waitFor()
    await shoot(page, picture('19-unknown'))
    await enter(page.getByLabel('职称证书编号'), number)
    await press(button(page, '提交'))
    await page.getByText('继续有效').first().waitFor()
    await shoot(page, picture('20-holds'))
  })
})
