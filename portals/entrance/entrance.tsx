import { useQuery } from '@tanstack/react-query'
import {
  type AnswerOf,
  commonWords,
  defineWords,
  Loaded,
  useApi,
  useColour,
  useSpeech,
  useTypeSize,
} from '../../kit/door.ts'
import { HelpPart } from './help-part.tsx'

const words = defineWords({
  lead: { zh: '一卡通用，一网通办，异地能办', en: 'One card, one rulebook, handled anywhere' },
  choose: { zh: '请选择您参保或办事的地区', en: 'Choose the region where you are insured' },
  hub: { zh: '全国经办枢纽（工作人员）', en: 'The national hub (staff)' },
  resident: { zh: '个人办事', en: 'For residents' },
  staff: { zh: '工作人员', en: 'For staff' },
  demo: {
    zh: '这是演示世界：人员、单位和金额都是虚构的，时间也是演示时间。',
    en: 'This is a demonstration: people, bodies and amounts are synthetic, and so is the date.',
  },
  today: { zh: '演示时间 {now}', en: 'Demonstration time {now}' },
  ownRegion: {
    zh: '每个地区有自己的登录和数据；这里只负责指路。',
    en: 'Every region has its own sign-in and its own data; this page only shows the way.',
  },
  largeOn: { zh: '大字版', en: 'Large type' },
  largeOff: { zh: '标准字号', en: 'Normal type' },
  api: { zh: '接口说明', en: 'HTTP interface' },
  workbench: { zh: '政策试算台', en: 'Policy workbench' },
})

const hubRegion = '000000'

type Nodes = AnswerOf<'GET /nodes'>

/** The regions that people live in first. */
function hubLast(items: Nodes['items']): Nodes['items'] {
  return items.toSorted((one, other) => Number(one.region === hubRegion) - Number(other.region === hubRegion))
}

/** The national entrance: the regions that are served here, each with its way in for residents and for staff. */
export function Entrance() {
  const api = useApi()
  const { say, moment, language, switchTo } = useSpeech()
  const { isLarge, toggle } = useTypeSize()
  const colour = useColour()
  const nodes = useQuery({ queryKey: ['nodes'], queryFn: () => api.get<Nodes>('/nodes') })
  return (
    <div className="entrance">
      <header className="entrance-head">
        <div className="entrance-tools">
          <a href="#help">{say(commonWords.help)}</a>
          <button type="button" onClick={toggle}>
            {say(isLarge ? words.largeOff : words.largeOn)}
          </button>
          <button type="button" onClick={colour.toggle}>
            {say(colour.isDark ? commonWords.light : commonWords.dark)}
          </button>
          <button type="button" onClick={() => switchTo(language === 'zh' ? 'en' : 'zh')}>
            {say(commonWords.switchLanguage)}
          </button>
        </div>
        <h1>
          通办 <span>Tongban</span>
        </h1>
        <p>{say(words.lead)}</p>
      </header>
      <main id="main" tabIndex={-1}>
        <h2>{say(words.choose)}</h2>
        <p className="kit-quiet">{say(words.ownRegion)}</p>
        <Loaded query={nodes}>
          {({ demo, now, items }) => (
            <>
              <ul className="kit-card-list">
                {hubLast(items).map(({ region, name }) => (
                  <li key={region} className="entrance-region">
                    <h3>{say(region === hubRegion ? words.hub : name)}</h3>
                    <p>
                      {region !== hubRegion && (
                        <a className="kit-button kit-button-primary" href={`/${region}/resident`}>
                          {say(words.resident)}
                        </a>
                      )}
                      <a className="kit-button" href={`/${region}/staff`}>
                        {say(words.staff)}
                      </a>
                      <a className="kit-button kit-button-text" href={`/${region}/workbench`}>
                        {say(words.workbench)}
                      </a>
                    </p>
                  </li>
                ))}
              </ul>
              {demo && (
                <p className="kit-note">
                  {say(words.demo)} {say(words.today, { now: moment(now) })}
                </p>
              )}
            </>
          )}
        </Loaded>
        <HelpPart />
        <p>
          <a href="/api/openapi.json">{say(words.api)}</a>
        </p>
      </main>
    </div>
  )
}
