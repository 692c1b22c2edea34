import { describe, it } from 'vitest'
import { button, caseIdOf, shoot } from './browser.ts'
import { enter, press } from './keyboard.ts'
import { atCase, officer, submitStep, untilDone } from './officers.ts'
import { tellStory } from './story.ts'

// What nobody applied for is found and granted; a value is published for days that are past, carried through what was decided, and taken back.

const story = tellStory('revisions')
const hebei = '130000'
const picture = (name: string) => `revisions/${name}`
const rates = '企业返还比例'
let roundId = ''

describe('a round and a changed value', () => {
  it('finds in the registers who is owed the refund, and opens a case for each once another officer has approved', async () => {
    const review = await officer(story, hebei, 'hebei-review', '/benefit-rounds?flow=stability-refund-round')
    await press(button(review, '筛查应享未享对象'))
    await review.waitForURL(/\/cases\//)
    await review.getByText('名单待审批').first().waitFor()
    roundId = caseIdOf(review)
    await shoot(review, picture('01-found'))
    const approve = await atCase(story, hebei, 'hebei-approve', roundId)
    await submitStep(approve, { choices: ['同意，逐户核发'], fields: { 意见: '同意' } })
    await untilDone(approve, '审批名单')
    await press(button(approve, '确认'))
    await untilDone(approve, '逐户核发')
    await approve.getByRole('link', { name: '查看办件' }).first().waitFor()
    await shoot(approve, picture('02-carried-out'))
  })

  it('publishes another rate by two officers, and says which revision it opened', async () => {
    const first = await officer(story, hebei, 'hebei-values-admin', '/values')
    await chooseService(first)
    await press(first.getByText('refundRatePpm', { exact: true }))
    await fillRates(first, { 大型: '30', 中型: '50', 小型: '50', 微型: '50' })
    await press(button(first, '提交').last())
    await first.getByText('示例更正通知').first().waitFor()
    await shoot(first, picture('03-proposed'))
    const second = await officer(story, hebei, 'hebei-values-admin-2', '/values')
    await chooseService(second)
    await press(button(second, '批准并公布'))
    await second.getByText(/已开始查找受影响的决定/).waitFor()
    await shoot(second, picture('04-published'))
  })

  it('shows each decision before and after, and decides it again once another officer has approved', async () => {
    await carryOut('05-before-and-after', 'published')
  })

  it('takes the publication back by two officers, and carries that out as well', async () => {
    const first = await officer(story, hebei, 'hebei-values-admin', '/values')
    await chooseService(first)
    await press(button(first, '撤回'))
    await enter(first.getByLabel('为什么撤回'), '公布的比例有误')
    await press(button(first, '提出撤回'))
    await first.getByText('已提出，由另一人批准').waitFor()
    const second = await officer(story, hebei, 'hebei-values-admin-2', '/values')
    await chooseService(second)
    await press(button(second, '批准撤回'))
    await second.getByText(/已开始查找受影响的决定/).waitFor()
    await shoot(second, picture('06-taken-back'))
    await carryOut('07-back-again', 'withdrawn')
  })
})

type Window = Awaited<ReturnType<typeof officer>>

async function chooseService(page: Window): Promise<void> {
  await press(page.getByRole('combobox', { name: '业务' }))
  await enter(page.getByRole('combobox', { name: '业务' }), '失业保险稳岗')
  await press(page.getByTitle('失业保险稳岗返还').last())
  await page.getByText('refundRatePpm', { exact: true }).waitFor()
}

async function fillRates(page: Window, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await enter(page.getByLabel(label), value)
  await press(page.getByLabel('地区').last())
  await press(page.locator('.ant-select-item-option', { hasText: '河北省' }))
  await enter(page.getByLabel('起').last(), '2025-06-20')
  await page.keyboard.press('Enter')
  await enter(page.getByLabel('依据'), '示例更正通知')
}

/** Approves the newest revision and has it carried out. */
async function carryOut(name: string, kind: 'published' | 'withdrawn'): Promise<void> {
  const approve = await officer(story, hebei, 'hebei-approve', '/benefit-rounds?flow=stability-refund-revision')
  await approve.getByText('重算待审批').first().waitFor()
  await press(approve.getByRole('link', { name: /^WGV/ }).first())
  await approve.getByText(`${rates}（${kind === 'published' ? '发布' : '撤回发布'}）`).waitFor()
  await shoot(approve, picture(name))
  await submitStep(approve, { choices: ['同意，逐件重算'], fields: { 意见: '同意' } })
  await untilDone(approve, '审批重算')
  await press(button(approve, '确认'))
  await untilDone(approve, '逐件重算')
  await approve.getByText('已完成').first().waitFor()
}
