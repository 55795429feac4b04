import { useState } from 'react'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useAct } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { AreaField, DayField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { actOnPromise, type PromiseView } from '../contact.contract.ts'
import { visitsText } from './visits-text.ts'

const refresh = ['contact', 'reports', 'timeline']

/** What was promised, and what became of it. Kept by one tap; put off and dropped with a reason. */
export function Promises({ customerId, promises }: { customerId: string; promises: readonly PromiseView[] }) {
  const t = useText(visitsText)
  const toast = useToast()
  const act = useAct(actOnPromise, { refresh, onDone: () => toast(t('donePromise')) })
  const [changing, setChanging] = useState<{ promise: PromiseView; act: 'PUT_OFF' | 'DROP' } | null>(null)
  return (
    <>
      <ul className="yq-promises">
        {promises.map((promise) => (
          <li key={promise.id}>
            <div className="yq-row">
              <Tag {...(promise.state === 'KEPT' ? { tone: 'success' as const, icon: '✓' } : {})}>{t(promise.state)}</Tag>
              <span>{promise.what}</span>
            </div>
            <div className="yq-row yq-small yq-quiet">
              <span>{t(promise.side)} · {promise.ownerName}</span>
              <Deadline date={promise.dueOn} done={promise.state !== 'OPEN'} />
              {promise.firstDueOn !== promise.dueOn && <span>{t('firstDue', { day: promise.firstDueOn })}</span>}
              {promise.endNote !== null && <span>{promise.endNote}</span>}
            </div>
            {promise.state === 'OPEN' && (
              <div className="yq-row yq-no-print">
                <ActionButton size="small" may={promise.may['act']} refusals={actOnPromise.refusals} onClick={() => act.mutate({ params: { customerId, promiseId: promise.id }, body: { act: 'KEEP' } })}>{t('keepPromise')}</ActionButton>
                {promise.may['act']?.allowed && (
                  <>
                    <ActionButton size="small" type="text" may={promise.may['act']} refusals={actOnPromise.refusals} onClick={() => setChanging({ promise, act: 'PUT_OFF' })}>{t('putOff')}</ActionButton>
                    <ActionButton size="small" type="text" may={promise.may['act']} refusals={actOnPromise.refusals} onClick={() => setChanging({ promise, act: 'DROP' })}>{t('drop')}</ActionButton>
                  </>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      {changing && <ChangePromise key={changing.promise.id} customerId={customerId} {...changing} onClose={() => setChanging(null)} />}
    </>
  )
}

function ChangePromise({ customerId, promise, act: what, onClose }: { customerId: string; promise: PromiseView; act: 'PUT_OFF' | 'DROP'; onClose: () => void }) {
  const t = useText(visitsText)
  const toast = useToast()
  const { today } = useBank()
  const act = useAct(actOnPromise, { refresh })
  const form = useForm<{ dueOn: string | null; note: string }>({
    initial: { dueOn: null, note: '' }, check: (told) => ({ dueOn: what === 'PUT_OFF' && told.dueOn === null ? t('needDay') : undefined, note: told.note.trim() === '' ? t('needReason') : undefined }),
    send: (told) => act.mutateAsync({ params: { customerId, promiseId: promise.id }, body: { act: what, note: told.note, dueOn: what === 'PUT_OFF' ? told.dueOn : null } }),
  })
  return (
    <FormDrawer title={t(what === 'PUT_OFF' ? 'putOffTitle' : 'dropTitle', { what: promise.what })} open onClose={onClose} form={form} submit={t(what === 'PUT_OFF' ? 'putOff' : 'drop')} onDone={() => toast(t('donePromise'))}>
      {what === 'PUT_OFF' && <DayField form={form} name="dueOn" label={t('newDue')} required from={today} />}
      <AreaField form={form} name="note" label={t('note')} required max={200} rows={2} />
    </FormDrawer>
  )
}
