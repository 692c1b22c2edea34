import { describe, expect, it } from 'vitest'
import { button, shoot } from './browser.ts'
import { choose, enter, press } from './keyboard.ts'
import { officer } from './officers.ts'
import { resident } from './residents.ts'
import { tellStory } from './story.ts'

// A wife takes back what her husband may do, gives him less by a code that he shows, and sees him by name wherever he acted.

const story = tellStory('proxy', { regions: '000000,320000' })
const wife = () => resident(story, '320000', '示例·李娜')
const husband = () => resident(story, '320000', '示例·王强')
const proxies = '/320000/resident/me/proxies'

describe('a relative as proxy', () => {
  it('acts, until it is withdrawn: from that moment he is himself again, and told', { timeout: 120_000 }, async () => {
    const his = await husband()
    await his.goto(proxies)
    await press(button(his, '替 示例·李娜 办理'))
    await his.getByText('您正在替 示例·李娜 办理').waitFor()

    const hers = await wife()
    await hers.goto(proxies)
    await hers.getByText('示例·王强').waitFor()
    await press(button(hers, '收回'))
    await press(button(hers, '是的，马上收回'))
    await hers.getByText('您没有授权别人代办。').waitFor()

    await his.goto('/320000/resident/card')
    await his.getByText('代办授权已被收回或已到期').waitFor()
    expect(await his.getByText('您正在替').count()).toBe(0)
    await shoot(his, 'proxy/withdrawn')
    story.visits.takeFaults()
  })

  it('is named by a code, for some things and until a day', { timeout: 120_000 }, async () => {
    const his = await husband()
    await his.goto(proxies)
    await press(button(his, '出示我的代办码'))
    const code = await his.locator('.resident-proxy-code').innerText()
    await shoot(his, 'proxy/code')

    const hers = await wife()
    await hers.goto(proxies)
    await enter(hers.getByLabel('家人的代办码'), code)
    await press(button(hers, '下一步'))
    await hers.getByText('示***强').waitFor()
    await choose(hers.getByLabel('近亲属'))
    await choose(hers.getByLabel('一个月'))
    await shoot(hers, 'proxy/terms')
    await press(button(hers, '同意授权'))
    await hers.getByText('已经授权').waitFor()

    await his.goto(proxies)
    await press(button(his, '替 示例·李娜 办理'))
    await his.getByText('您正在替 示例·李娜 办理').waitFor()
    await his.goto('/320000/resident/card')
    await his.getByText('本人没有把这一项交给您办理').waitFor()
    story.visits.takeFaults()

    await hers.goto('/320000/resident/me/access-log')
    await hers.getByText('示例·王强 代您办理').first().waitFor()
    await shoot(hers, 'proxy/access-log')
  })

  it('is shown masked at the counter, where one can be recorded', { timeout: 120_000 }, async () => {
    const hers = await wife()
    const { person } = await (await hers.request.get('/320000/api/v1/me')).json()
    const page = await officer(story, '320000', 'nanjing-accept', `/people/${person.personId}`)
    await press(page.getByRole('tab', { name: '代办授权' }))
    await page.getByRole('cell', { name: '示***强' }).waitFor()
    await page.getByRole('cell', { name: '近亲属' }).waitFor()
    await page.getByLabel('代办人身份证号').waitFor()
    await shoot(page, 'proxy/counter')
  })

  it('and help is one touch away, for her and at the counter', { timeout: 120_000 }, async () => {
    const page = await officer(story, '320000', 'nanjing-accept', '/people')
    await page.goto('/320000/staff/help')
    await page.getByText('本岗位的页面是做什么的').waitFor()
    await shoot(page, 'proxy/help-of-staff')
    const hers = await wife()
    await hers.goto('/320000/resident')
    await press(hers.getByRole('navigation').getByText('帮助'))
    await hers.getByRole('link', { name: '拨打 12333', exact: true }).waitFor()
    await hers.getByRole('heading', { name: '去窗口办' }).waitFor()
    await hers.waitForLoadState('networkidle')
    await shoot(hers, 'proxy/help')
  })
})
