import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import type { z } from 'zod'
import { call } from '../../../ui/client.ts'
import { Note } from '../../../ui/Note.tsx'
import { mark, usePick, useText } from '../../../ui/text.ts'
import { checkDuplicates } from '../../duplicates/duplicate.contract.ts'
import { duplicatesText, signWords } from './duplicates-text.ts'

type Asked = z.input<typeof checkDuplicates.body>
type Told = z.output<typeof checkDuplicates.reply>

/** While somebody is entered: who of one's own customers it may be, and at which outlet it exists already. Asked when typing rests; silent when nothing is found. */
export function DuplicateNotice({ asked }: { asked: Asked | null }) {
  const t = useText(duplicatesText)
  const pick = usePick()
  const [told, setTold] = useState<Told | null>(null)
  const notice = useRef<HTMLDivElement>(null)
  const key = asked === null ? null : JSON.stringify(asked)
  useEffect(() => {
    if (key === null) {
      setTold(null)
      return
    }
    let gone = false
    const timer = setTimeout(() => {
      // the hour's limit, no connection: saving asks again and tells
      call(checkDuplicates, { body: JSON.parse(key) as Asked }).then((answer) => !gone && setTold(answer), () => !gone && setTold(null))
    }, 900)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [key])
  // on the phone what comes stands behind the bar that sticks at the foot: it is moved up, as far as needed
  useEffect(() => {
    if (told !== null && told.outside.length + told.inside.length > 0) notice.current?.scrollIntoView({ block: 'nearest' })
  }, [told])
  return (
    <div ref={notice} role="status" aria-live="polite" className="yq-stack">
      {told?.outside.map((outlet) => <Note key={outlet.zh} tone="warning">{t('elsewhere', { outlet: pick(outlet) })}</Note>)}
      {told !== null && told.inside.length > 0 && (
        <Note tone="warning">
          <strong>{t('seemsThere')}</strong>
          <ul style={{ margin: '4px 0', paddingInlineStart: 20 }}>
            {told.inside.map((one) => (
              <li key={one.customerId}>
                <Link to={`/customers/${one.customerId}`} className="yq-name">{one.name}</Link> {[one.number, one.outletName, one.managerName].filter(Boolean).join(' · ')}
                <div className="yq-small yq-quiet">{t(one.level)}{mark('：')}{one.signs.map((sign) => pick(signWords[sign] ?? { zh: sign, en: sign })).join(mark('、'))}</div>
              </li>
            ))}
          </ul>
          {t('openIt')}
        </Note>
      )}
    </div>
  )
}
