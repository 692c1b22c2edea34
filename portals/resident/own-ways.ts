import { type BothLanguages, defineWords } from '../../kit/door.ts'

/** A page of the portal itself that people look for as for a service. */
export type OwnWay = { to: string; title: BothLanguages; keywords: readonly string[] }

const titles = defineWords({
  card: { zh: '我的社保卡和电子社保卡（挂失、解除挂失）', en: 'My cards and e-card (report loss, found again)' },
  certificates: { zh: '我的电子证明和证书', en: 'My certificates' },
  entitlements: { zh: '我能享受什么', en: 'What can I get?' },
  cases: { zh: '我的办件和进度', en: 'My cases' },
  notices: { zh: '全部通知', en: 'All notices' },
  proxy: { zh: '代办授权', en: 'Acting for others' },
  accessLog: { zh: '谁查看过我的信息', en: 'Who looked at my data' },
  data: { zh: '我的信息', en: 'My data' },
  security: { zh: '登录和安全', en: 'Signing in and security' },
})

/** The pages of the portal that a search of the directory finds besides services. */
export const ownWays: readonly OwnWay[] = [
  {
    to: '/card',
    title: titles.card,
    keywords: words('社保卡 电子社保卡 挂失 丢卡 卡丢了 解除挂失 二维码 扫码 card lost qr'),
  },
  { to: '/me/certificates', title: titles.certificates, keywords: words('证明 证书 打印 下载 核验 certificate proof') },
  { to: '/entitlements', title: titles.entitlements, keywords: words('补贴 补助 待遇 福利 能领什么 benefit subsidy') },
  { to: '/cases', title: titles.cases, keywords: words('进度 办到哪了 撤回 复议 查询 progress status') },
  { to: '/notices', title: titles.notices, keywords: words('通知 消息 短信 notice message') },
  { to: '/me/proxies', title: titles.proxy, keywords: words('家人 亲属 代办 授权 父母 子女 替老人办 proxy relative') },
  { to: '/me/access-log', title: titles.accessLog, keywords: words('隐私 查看记录 谁看了 privacy access') },
  { to: '/me', title: titles.data, keywords: words('参保信息 个人信息 缴费 查社保 data') },
  { to: '/me/security', title: titles.security, keywords: words('密码 通行密钥 指纹 登录 password passkey') },
]

function words(text: string): string[] {
  return text.split(' ')
}
