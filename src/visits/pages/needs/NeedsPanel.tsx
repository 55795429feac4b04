import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { ActionButton, reasonText } from '../../../ui/ActionButton.tsx'
import { Amount } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { Deadline } from '../../../ui/Deadline.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { AreaField, ChoiceField, RadioField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { useSettings } from '../../../ui/settings.ts'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { newId } from '../../../foundation/values/uuid7.ts'
import { answerNeed, commentNeedCard, listNeedCards, listNeedProducts, moveNeed, recordNeedCard, voidNeedCard, type NeedCardView, type NeedState, type NeedView } from '../../needs/need.contract.ts'
import { needsNote } from '../../needs/need.rules.ts'
import { needsText } from './needs-text.ts'

const tones: Readonly<Record<NeedState, 'plain' | 'info' | 'warning' | 'success' | 'yellow'>> = { OPEN: 'plain', VERIFIED: 'info', CANNOT: 'warning', MATCHED: 'info', ESCALATED: 'yellow', GAP: 'warning', MET: 'success', REJECTED: 'plain' }
const icons: Readonly<Record<NeedState, string>> = { OPEN: '○', VERIFIED: '●', CANNOT: '■', MATCHED: '●', ESCALATED: '■', GAP: '■', MET: '✓', REJECTED: '✕' }
type Move = Exclude<NeedState, 'OPEN'>
const moves: readonly Move[] = ['VERIFIED', 'MATCHED', 'MET', 'CANNOT', 'ESCALATED', 'GAP', 'REJECTED']

/** The state of a need as a word with a sign. */
export function NeedTag({ state }: { state: NeedState }) {
  const t = useText(needsText)
  return <Tag tone={tones[state]} icon={icons[state]}>{t(state)}</Tag>
}

/** The need cards of an opened customer and what becomes of each need. A part of the customer's page. */
export function NeedsPanel({ customerId }: { customerId: string }) {
  const t = useText(needsText)
  const navigate = useNavigate()
  const { data, error, refetch } = useContract(listNeedCards, { params: { customerId }, query: {} })
  const may = data?.may['need.record']
  return (
    <div className="yq-stack">
      <Block
        title={t('cards')} loading={!data} error={error} onRetry={() => void refetch()}
        actions={may && <ActionButton size="small" may={may} refusals={recordNeedCard.refusals} onClick={() => void navigate(`/customers/${customerId}/need-cards/new`)}>{t('newCard')}</ActionButton>}
      >
        {data?.cards.length === 0 && <EmptyState title={t('none')} />}
        {data && data.cards.length > 0 && (
          <ul className="yq-day-list" aria-label={t('cards')}>
            {data.cards.map((card) => (
              <li key={card.id} className="yq-day-line">
                <div className="yq-day-what">
                  <span className="yq-row"><Link to={`/customers/${customerId}/need-cards/${card.id}`}>{card.number}</Link><DateText date={card.surveyedOn} />{card.voidedOn !== null && <Tag icon="✕">{t('voided')}</Tag>}</span>
                  <span className="yq-small yq-quiet">{[card.staffName, t(card.channel), card.nextAction].filter(Boolean).join(' · ')}</span>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Block>
      {data?.cards.filter((card) => card.voidedOn === null && card.needs.some(({ state }) => state !== 'MET' && state !== 'REJECTED')).map((card) => (
        <Block key={card.id} title={`${t('needs')} · ${card.number}`} flush><Needs customerId={customerId} card={card} /></Block>
      ))}
    </div>
  )
}

/** The needs of a card, one under the other, each with what may become of it. */
export function Needs({ customerId, card }: { customerId: string; card: NeedCardView }) {
  const t = useText(needsText)
  const pick = usePick()
  const [moving, setMoving] = useState<{ need: NeedView; to: Move } | null>(null)
  const [answering, setAnswering] = useState<NeedView | null>(null)
  return (
    <>
      <ul className="yq-day-list" aria-label={t('sectionNeeds')}>
        {card.needs.map((need) => {
          const possible = moves.filter((to) => need.may[to]?.allowed)
          const answer = need.may['needs.answer']
          return (
            <li key={need.id} className="yq-day-line">
              <div className="yq-day-what">
                <span className="yq-row"><strong>{t(need.domain)}</strong><NeedTag state={need.state} /><span className="yq-small yq-quiet">{t(need.urgency)} · {t(need.toldAs)}</span></span>
                <span style={{ whiteSpace: 'pre-wrap' }}>{need.description}</span>
                <span className="yq-small yq-row">{need.amountFen !== null && <Amount fen={need.amountFen} withUnit />}{need.expectedPrice}{need.productName !== null && <span>{t('byProduct', { name: need.productName })}</span>}{need.idea !== null && <span>{t('idea', { title: need.idea })}</span>}</span>
                {need.state === 'CANNOT' && need.escalateBy !== null && <span className="yq-small">{t('escalateBy')} <Deadline date={need.escalateBy} /></span>}
                {need.stateNote !== null && <span className="yq-small yq-quiet">{need.stateBy}{mark('：')}{need.stateNote}</span>}
                {need.escalations.map((one) => (
                  <Note key={one.id} tone={one.answeredOn === null ? 'warning' : 'info'}>
                    {t('sentBy', { name: one.escalatedBy, day: one.escalatedOn })}{mark('：')}{one.reason}{one.late && ` · ${t('late')}`}
                    {one.answeredOn === null ? <> · {t('answerBy')} <Deadline date={one.answerBy} /></> : <><br />{t('answeredBy', { name: one.answeredBy ?? '', day: one.answeredOn ?? '' })}{mark('：')}{one.answer}{one.answeredLate && ` · ${t('late')}`}</>}
                  </Note>
                ))}
              </div>
              <span className="yq-row">
                {answer?.allowed && <Button size="small" type="primary" onClick={() => setAnswering(need)}>{t('answer')}</Button>}
                {possible.length > 0 && (
                  <Dropdown trigger={['click']} menu={{ items: possible.map((to) => ({ key: to, label: t(`to${to}`) })), onClick: ({ key }) => setMoving({ need, to: key as Move }) }}>
                    <Button size="small" aria-label={`${t('more')} ${t(need.domain)}`}>{t('more')}</Button>
                  </Dropdown>
                )}
                {possible.length === 0 && !answer?.allowed && need.may['MET'] && !need.may['MET'].allowed && need.may['MET'].reason !== 'not-possible-now' && <span className="yq-small yq-quiet">{pick(reasonText(need.may['MET'].reason ?? 'not-allowed', moveNeed.refusals))}</span>}
              </span>
            </li>
          )
        })}
      </ul>
      {moving && <MoveNeed key={`${moving.need.id}${moving.to}`} customerId={customerId} need={moving.need} to={moving.to} onClose={() => setMoving(null)} />}
      {answering && <AnswerNeed key={answering.id} customerId={customerId} need={answering} onClose={() => setAnswering(null)} />}
    </>
  )
}

function useProducts(enabled: boolean) {
  const { language } = useSettings()
  const { data } = useContract(listNeedProducts, {}, { enabled })
  return (data?.items ?? []).map((product) => ({ value: product.code, label: language === 'zh' ? product.name : product.nameEn }))
}
const emptyToNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

function MoveNeed({ customerId, need, to, onClose }: { customerId: string; need: NeedView; to: Move; onClose: () => void }) {
  const t = useText(needsText)
  const toast = useToast()
  const [id] = useState(newId)
  const withProduct = to === 'MATCHED' || to === 'MET'
  const products = useProducts(withProduct)
  const send = useAct(moveNeed, { refresh: ['needs', 'timeline'] })
  const form = useForm<{ note: string; productCode: string | null; ideaTitle: string }>({
    initial: { note: '', productCode: need.productCode, ideaTitle: '' },
    check: (told) => ({ ...(needsNote(to) && told.note.trim() === '' ? { note: t('required') } : {}), ...(to === 'MATCHED' && told.productCode === null ? { productCode: t('required') } : {}), ...(to === 'GAP' && told.ideaTitle.trim() === '' ? { ideaTitle: t('required') } : {}) }),
    send: (told) => send.mutateAsync({ params: { customerId, needId: need.id }, body: { id, to, note: emptyToNull(told.note), productCode: withProduct ? told.productCode : null, ideaTitle: emptyToNull(told.ideaTitle) } }),
  })
  return (
    <FormDrawer title={`${t(`to${to}`)} · ${t(need.domain)}`} open onClose={onClose} form={form} submit={t(`to${to}`)} onDone={() => toast(t('moved'))}>
      <p className="yq-quiet">{need.description}</p>
      {withProduct && <ChoiceField form={form} name="productCode" label={t('product')} required={to === 'MATCHED'} options={products} />}
      {to === 'GAP' && <TextField form={form} name="ideaTitle" label={t('ideaTitle')} required max={80} />}
      <AreaField form={form} name="note" label={t(to === 'ESCALATED' ? 'noteESCALATED' : to === 'GAP' ? 'noteGAP' : 'note')} required={needsNote(to)} max={300} />
    </FormDrawer>
  )
}

function AnswerNeed({ customerId, need, onClose }: { customerId: string; need: NeedView; onClose: () => void }) {
  const t = useText(needsText)
  const toast = useToast()
  const products = useProducts(true)
  const send = useAct(answerNeed, { refresh: ['needs', 'timeline'] })
  const form = useForm<{ result: 'MATCHED' | 'GAP' | 'DECLINED'; answer: string; productCode: string | null }>({
    initial: { result: 'MATCHED', answer: '', productCode: null },
    check: (told) => ({ ...(told.answer.trim().length < 4 ? { answer: t('required') } : {}), ...(told.result === 'MATCHED' && told.productCode === null ? { productCode: t('required') } : {}) }),
    send: (told) => send.mutateAsync({ params: { customerId, needId: need.id }, body: { result: told.result, answer: told.answer, productCode: told.result === 'MATCHED' ? told.productCode : null } }),
  })
  return (
    <FormDrawer title={`${t('answer')} · ${t(need.domain)}`} open onClose={onClose} form={form} submit={t('answer')} onDone={() => toast(t('moved'))}>
      <p className="yq-quiet">{need.description}</p>
      <RadioField form={form} name="result" label={t('result')} required options={(['MATCHED', 'GAP', 'DECLINED'] as const).map((value) => ({ value, label: t(`res${value}`) }))} />
      {form.values.result === 'MATCHED' && <ChoiceField form={form} name="productCode" label={t('product')} required options={products} />}
      <AreaField form={form} name="answer" label={t('answer')} required max={300} />
    </FormDrawer>
  )
}

/** A comment of the supervisor, or the voiding of a card: both one text. */
export function CardText({ customerId, card, what, onClose }: { customerId: string; card: NeedCardView; what: 'comment' | 'void'; onClose: () => void }) {
  const t = useText(needsText)
  const toast = useToast()
  const comment = useAct(commentNeedCard, { refresh: ['needs'] })
  const end = useAct(voidNeedCard, { refresh: ['needs', 'timeline'] })
  const form = useForm({
    initial: { text: what === 'comment' ? (card.comment ?? '') : '' }, check: ({ text }) => (text.trim().length < 2 ? { text: t('required') } : {}),
    send: ({ text }) => (what === 'comment' ? comment.mutateAsync({ params: { customerId, cardId: card.id }, body: { comment: text } }) : end.mutateAsync({ params: { customerId, cardId: card.id }, body: { reason: text } })),
  })
  return (
    <FormDrawer title={t(what === 'comment' ? 'commentAct' : 'void')} open onClose={onClose} form={form} submit={t(what === 'comment' ? 'commentAct' : 'void')} onDone={() => toast(t('moved'))}>
      <AreaField form={form} name="text" label={t(what === 'comment' ? 'comment' : 'reason')} required max={what === 'comment' ? 300 : 200} />
    </FormDrawer>
  )
}
