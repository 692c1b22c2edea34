import { type FormEvent, useState } from 'react'
import { TextField } from './fields.tsx'
import { type BothLanguages, useSpeech } from './language.tsx'
import { type Security, usePasskeyChanges, usePasskeysHere, useSecurity } from './passkeys.ts'
import { Empty, Loaded, ProblemNote } from './states.tsx'
import { commonWords, defineWords } from './words.ts'

/** What the page about signing in is called, wherever it is linked from. */
export const securityWords = defineWords({
  title: { zh: '登录与安全', en: 'Sign-in and security' },
  help: { zh: '通行密钥、密码，和最近的登录', en: 'Passkeys, password, and when you last signed in' },
})

const words = defineWords({
  passkeys: { zh: '通行密钥', en: 'Passkeys' },
  what: {
    zh: '通行密钥存在您的手机、电脑或安全密钥里，用指纹、人脸或屏幕密码确认；网站上没有可以被偷走的密码。只在本地区有效。',
    en: 'A passkey stays in your phone, computer or security key and is confirmed with your finger, face or screen lock; there is no password here to steal. It is good for this region only.',
  },
  none: { zh: '还没有登记通行密钥。', en: 'No passkey is registered yet.' },
  notHere: { zh: '本系统没有启用通行密钥。', en: 'Passkeys are not set up here.' },
  elsewhere: { zh: '通行密钥要在这个网址登记和使用：', en: 'Passkeys are registered and used at this address: ' },
  unable: { zh: '这个浏览器不支持通行密钥。', en: 'This browser cannot use passkeys.' },
  name: { zh: '名称', en: 'Name' },
  nameHelp: { zh: '便于以后认出，例如“我的手机”', en: 'To know it by later, such as "my phone"' },
  add: { zh: '登记通行密钥', en: 'Register a passkey' },
  added: { zh: '登记于 {at}', en: 'Registered {at}' },
  used: { zh: '上次使用 {at}', en: 'Last used {at}' },
  unused: { zh: '还没有用过', en: 'Not used yet' },
  synced: { zh: '随账号同步到您的其他设备', en: 'Also on your other devices' },
  remove: { zh: '移除', en: 'Remove' },
  removeNamed: { zh: '移除 {name}', en: 'Remove {name}' },
  sure: {
    zh: '移除“{name}”？移除后不能再用它登录，其他设备上的登录也会退出。',
    en: 'Remove "{name}"? It will not sign you in any more, and you are signed out on all other devices.',
  },
  password: { zh: '密码', en: 'Password' },
  hasPassword: {
    zh: '已设置。遗失或怀疑泄露时，请到窗口重设。',
    en: 'Set. If it is lost or known to others, have it reset at a counter.',
  },
  noPassword: {
    zh: '没有设置密码，只能用通行密钥登录；最后一个通行密钥不能移除。',
    en: 'None: you sign in by passkey alone, and the last one stays.',
  },
  events: { zh: '最近的登录和变更', en: 'What happened lately' },
  password_used: { zh: '用密码登录', en: 'Signed in by password' },
  password_refused: { zh: '密码输错，没有登录', en: 'A wrong password; not signed in' },
  passkey_used: { zh: '用通行密钥“{name}”登录', en: 'Signed in by passkey "{name}"' },
  passkey_refused: {
    zh: '通行密钥“{name}”没有通过核实，没有登录',
    en: 'Passkey "{name}" was not verified; not signed in',
  },
  passkey_added: { zh: '登记了通行密钥“{name}”', en: 'Passkey "{name}" was registered' },
  passkey_removed: { zh: '移除了通行密钥“{name}”', en: 'Passkey "{name}" was removed' },
  notYou: {
    zh: '不是您本人操作？请移除不认识的通行密钥，并拨打 12333。',
    en: 'Was it not you? Remove passkeys that you do not know, and call 12333.',
  },
})

/** One's own ways to sign in: passkeys to register and remove, whether there is a password, and what happened to them lately. */
export function SecurityPart() {
  return <Loaded query={useSecurity()}>{(security) => <Ways security={security} />}</Loaded>
}

function Ways({ security }: { security: Security }) {
  const { say } = useSpeech()
  return (
    <div className="kit-security">
      <section className="kit-section" aria-labelledby="passkeys">
        <h2 id="passkeys">{say(words.passkeys)}</h2>
        <p>{say(words.what)}</p>
        <Passkeys passkeys={security.passkeys} />
        <AddPasskey origin={security.origin} />
      </section>
      <section className="kit-section" aria-labelledby="password">
        <h2 id="password">{say(words.password)}</h2>
        <p>{say(security.hasPassword ? words.hasPassword : words.noPassword)}</p>
      </section>
      <Events events={security.events} />
    </div>
  )
}

function Passkeys({ passkeys }: Pick<Security, 'passkeys'>) {
  const { say, moment } = useSpeech()
  const { remove } = usePasskeyChanges()
  const [asked, setAsked] = useState<string>()
  if (passkeys.length === 0) return <Empty>{say(words.none)}</Empty>
  return (
    <>
      <ul className="kit-plain-list">
        {passkeys.map(({ passkeyId, name, synced, addedAt, lastUsedAt }) => (
          <li key={passkeyId} className="kit-passkey-row">
            <div>
              <strong>{name}</strong>
              <p className="kit-quiet">
                {say(words.added, { at: moment(addedAt) })} ·{' '}
                {lastUsedAt === null ? say(words.unused) : say(words.used, { at: moment(lastUsedAt) })}
                {synced && ` · ${say(words.synced)}`}
              </p>
            </div>
            {asked === passkeyId ? (
              <div className="kit-note" role="alert">
                <p>{say(words.sure, { name })}</p>
                <div className="kit-actions">
                  <button
                    type="button"
                    className="kit-button kit-button-danger"
                    disabled={remove.isPending}
                    onClick={() => remove.mutate(passkeyId, { onSettled: () => setAsked(undefined) })}
                  >
                    {say(words.remove)}
                  </button>
                  <button type="button" className="kit-button" onClick={() => setAsked(undefined)}>
                    {say(commonWords.cancel)}
                  </button>
                </div>
              </div>
            ) : (
              <button
                type="button"
                className="kit-button"
                aria-label={say(words.removeNamed, { name })}
                onClick={() => setAsked(passkeyId)}
              >
                {say(words.remove)}
              </button>
            )}
          </li>
        ))}
      </ul>
      {remove.error && <ProblemNote error={remove.error} />}
    </>
  )
}

function AddPasskey({ origin }: Pick<Security, 'origin'>) {
  const { say } = useSpeech()
  const [name, setName] = useState('')
  const { add } = usePasskeyChanges()
  const isHere = usePasskeysHere()
  if (origin === null) return <p className="kit-note">{say(words.notHere)}</p>
  if (origin !== window.location.origin) {
    return (
      <p className="kit-note">
        {say(words.elsewhere)}
        <a href={origin + window.location.pathname}>{origin}</a>
      </p>
    )
  }
  if (!isHere) return <p className="kit-note">{say(words.unable)}</p>
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate(name.trim(), { onSuccess: () => setName('') })
  }
  return (
    <form onSubmit={submit}>
      <TextField label={say(words.name)} help={say(words.nameHelp)} required value={name} onChange={setName} />
      {add.error && <ProblemNote error={add.error} />}
      <div className="kit-actions">
        <button type="submit" className="kit-button kit-button-primary" disabled={add.isPending || name.trim() === ''}>
          {say(words.add)}
        </button>
      </div>
    </form>
  )
}

function Events({ events }: Pick<Security, 'events'>) {
  const { say, moment } = useSpeech()
  if (events.length === 0) return null
  const told = (text: BothLanguages, passkey: string | null) => say(text, { name: passkey ?? '' })
  return (
    <section className="kit-section" aria-labelledby="sign-in-events">
      <h2 id="sign-in-events">{say(words.events)}</h2>
      <ul className="kit-plain-list">
        {events.map(({ seq, what, passkey, at }) => (
          <li key={seq}>
            {moment(at)} · {told(words[what], passkey)}
          </li>
        ))}
      </ul>
      <p className="kit-quiet">{say(words.notYou)}</p>
    </section>
  )
}
