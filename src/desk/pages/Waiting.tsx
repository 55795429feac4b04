import { Button } from 'antd'
import { Block } from '../../ui/Block.tsx'
import { useConfirm } from '../../ui/Confirm.tsx'
import { Moment } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { settleWaiting, useOutbox } from '../../ui/outbox.ts'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { deskText } from '../desk-text.ts'
import { sendWaiting } from '../offline.ts'

/** What was written without connection and waits, each with its state; what the server refused says why. */
export default function Waiting() {
  const t = useText(deskText)
  const confirm = useConfirm()
  const waiting = useOutbox()
  return (
    <Page>
      <PageHeader title={t('waitingTitle')} sub={t('waitingHint')} actions={waiting.length > 0 && <Button type="primary" onClick={() => void sendWaiting()}>{t('sendNow')}</Button>} />
      {waiting.length === 0 ? <EmptyState title={t('waitingNone')} /> : waiting.map((one) => (
        <Block
          key={one.name} title={one.title}
          actions={<Button size="small" onClick={() => void confirm({ title: t('discardTitle', { what: one.title }), effect: t('discardEffect'), verb: t('discard'), danger: true }).then((yes) => (yes ? settleWaiting(one.name, null) : undefined))}>{t('discard')}</Button>}
        >
          <div className="yq-row">
            {one.refusal === null ? <Tag icon="●">{t('waitingState')}</Tag> : <Tag tone="error" icon="⬣">{one.refusal}</Tag>}
            <span className="yq-quiet yq-small"><Moment at={one.keptAt} /></span>
          </div>
        </Block>
      ))}
    </Page>
  )
}
