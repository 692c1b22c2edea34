import { describe, it } from 'vitest'
import { button, caseIdOf, shoot } from './browser.ts'
import { choose, pick, press } from './keyboard.ts'
import { atCase, officer, submitStep, untilDone } from './officers.ts'
import { resident } from './residents.ts'
import { tellStory } from './story.ts'

// An insurance that follows its person: a registration that is forwarded to where she works, decided there and answered.

const story = tellStory('forwarded', { regions: '000000,320000,620000' })
const [nanjing, gansu] = ['320000', '620000']

const picture = (name: string) => `forwarded/${name}`

describe('between Nanjing and Lanzhou', () => {
  let caseId = ''

  it('B1.08: who works in Lanzhou registers there from Nanjing; it is forwarded and not decided here', async () => {
    const page = await resident(story, nanjing, '示例·李娜')
    await page.goto(`/${nanjing}/resident/services/registration-elsewhere`)
    await press(page.getByRole('link', { name: '开始填写' }))
    await choose(page.getByRole('radio', { name: /^灵活就业人员/ }))
    await press(button(page, '下一步'))
    await pick(page.getByLabel('省（自治区、直辖市）'), '甘肃省')
    await pick(page.getByLabel('市（地、州、盟）'), '兰州市')
    await press(button(page, '下一步'))
    await choose(page.getByRole('radio', { name: '否' }))
    await press(button(page, '下一步'))
    await press(button(page, '提交'))
    await page.waitForURL(/\/cases\/[^?]+\?sent/)
    caseId = caseIdOf(page)
  })

  it('B1.08: two officers in Lanzhou decide it, and she reads the answer at home', async () => {
    await story.product.moveTo('2026-05-12')
    const desk = await officer(story, gansu, 'lanzhou-accept', '/registration-forwarded')
    await press(desk.getByRole('link', { name: /^CBZ/ }).first())
    await press(desk.getByRole('link', { name: /^CBD/ }))
    await desk.getByRole('heading', { name: /^参保登记 CBD/ }).waitFor()
    const registration = caseIdOf(desk)
    await submitStep(desk, {})
    await untilDone(desk, '受理')
    const review = await atCase(story, gansu, 'lanzhou-review', registration)
    await submitStep(review, { fields: { 意见: '与登记相符' } })
    await review.getByText(/^已办理：/).waitFor()
    await shoot(review, picture('01-registered-there'))
    await story.product.moveTo('2026-05-13')
    const page = await resident(story, nanjing, '示例·李娜')
    await page.goto(`/${nanjing}/resident/cases/${caseId}`)
    await page.getByText('已参保登记').first().waitFor()
    await shoot(page, picture('02-registered'))
  })
})
