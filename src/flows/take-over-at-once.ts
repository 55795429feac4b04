import { takeOverAtOnce as contract } from '../customers/ownership/hand-over.contract.ts'
import { takeOverAtOnce } from '../customers/ownership/take-over-at-once.ts'
import { handle } from '../foundation/http/route.ts'
import { dayParts } from './parts/start-day.ts'

/** A manager is gone at once: his superior becomes the interim owner, with shares, promises and scope, in one transaction. */
export const takeOverAtOnceRoute = handle(contract, (tx, { body }, { actor, businessDate: day }) => takeOverAtOnce(tx, { ...body, day, actor }, dayParts))
