import type { CDPSession, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { button, openBrowser, shoot } from './browser.ts'
import { enter, press } from './keyboard.ts'
import { tellStory } from './story.ts'

// Passkeys are made for a name, so these visitors come by `localhost`; what is in the device is Chromium's own virtual authenticator.

const regions = '000000,320000'
const story = tellStory('passkey', { regions })

/** A device that has an authenticator with a fingerprint, which always agrees. */
async function withAuthenticator(page: Page): Promise<{ devtools: CDPSession; authenticatorId: string }> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { devtools, authenticatorId }
}

async function signOutOf(page: Page, way: string) {
  await page.goto(`/320000/${way}`)
  await press(button(page, '退出登录'))
  await button(page, '用通行密钥登录')
    .waitFor()
    .catch(async (error: Error) => {
      throw new Error(`${error.message}\n${page.url()} shows ${await page.locator('body').innerText()}`)
    })
}

describe.each([
  {
    portal: 'resident',
    login: '示例·李娜',
    security: 'resident/me/security',
    leave: 'resident/me',
    inside: '我的参保',
  },
  { portal: 'staff', login: 'nanjing-accept', security: 'staff/security', leave: 'staff', inside: '待办' },
] as const)('a passkey of $portal', ({ portal, login, security, leave, inside }) => {
  it('is registered, signs in without a password, and is removed', async () => {
    const visits = await openBrowser(story.product.url.replace('127.0.0.1', 'localhost'))
    const page = await visits.as({ region: '320000', portal, login })
    const { devtools, authenticatorId } = await withAuthenticator(page)

    await page.goto(`/320000/${security}`)
    await page.getByText('还没有登记通行密钥').waitFor()
    await enter(page.getByRole('main').getByLabel('名称'), '我的手机')
    await press(button(page, '登记通行密钥'))
    await page.getByText('还没有用过').waitFor()
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId })
    expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: 'localhost' }])

    await signOutOf(page, leave)
    await shoot(page, `passkey/${portal}-sign-in`)
    await press(button(page, '用通行密钥登录'))
    await page.getByText(inside).filter({ visible: true }).first().waitFor()

    await page.goto(`/320000/${security}`)
    await page.getByText('用通行密钥“我的手机”登录').waitFor()
    await page.getByText(/上次使用/).waitFor()
    await shoot(page, `passkey/${portal}-security`)

    // A device that does not agree leaves everything as it was, and that is said.
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    await signOutOf(page, leave)
    await press(button(page, '用通行密钥登录'))
    await page.getByText('没有完成验证，没有任何改动').waitFor({ timeout: 10_000 })
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
    await press(button(page, '用通行密钥登录'))
    await page.getByText(inside).filter({ visible: true }).first().waitFor()

    await page.goto(`/320000/${security}`)
    await press(page.getByRole('button', { name: '移除 我的手机' }))
    await press(page.getByRole('alert').getByRole('button', { name: '移除', exact: true }))
    await page.getByText('移除了通行密钥“我的手机”').waitFor()
    await signOutOf(page, leave)
    await press(button(page, '用通行密钥登录'))
    await page.getByText('这个通行密钥没有在本地区登记，或者已被移除。').waitFor()
    await shoot(page, `passkey/${portal}-removed`)
    expect(visits.takeFaults()).toEqual([])
    await visits.close()
  })
})
