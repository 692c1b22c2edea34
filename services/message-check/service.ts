import { defineService } from '../contract.ts'
import { messageRoutes } from './routes.ts'

/** Check of a message that a resident received (M3.01): warning signs, how far they speak for fraud, and the official way in. */
export const service = defineService({
  id: 'message-check',
  title: { zh: '可疑信息识别', en: 'Check a suspicious message' },
  summary: {
    zh: '把收到的短信、邮件贴进来，看看有没有退税诈骗的特征，以及该从哪里办理。',
    en: 'Paste a text message or e-mail: which signs of refund fraud it shows, and the official way in.',
  },
  itemCode: 'TB-CN-0003',
  keywords: { zh: ['诈骗', '骗子', '短信', '可疑', '假客服'], en: ['fraud', 'scam', 'phishing'] },
  maturity: 'easy_to_do',
  folder: new URL('./', import.meta.url),
  create: ({ rulebook }) => ({ flows: [], messages: [], routes: messageRoutes(rulebook) }),
})
