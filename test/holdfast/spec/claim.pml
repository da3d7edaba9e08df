/* An operation of one step that cannot be taken back: its execution, deliveries of its command, a cancel, the end.
 *
 * model                  code
 * ver, state, sent, ...  the operation's item: version and commit (update-expression.ts conditionalUpdate), progress.state,
 *                        command.status, attempt, irrevocable (operation-progress.ts)
 * busy                   claimed, and not yet called: it ends with the function's time, which settleSeconds outlasts
 * Delivery               consumer-entry.ts carryOut: claim, call, report. It may die anywhere and come again; two at a time
 * claim                  operation-machine.ts `claim` by changeOperation (operation-store.ts): a write on condition of what was
 *                        read, else made anew. Its answer may be lost: then it finds its own claim, and asks
 * call, ask              partner-call.ts; an answer may be lost. `not found` is true once SETTLED (define-partner.ts), and is
 *                        judged by when it was asked (operation-machine.ts notFound)
 * report                 isHeard (operation-event.ts): of the current attempt, or for good of one before it
 * Cancel                 operation-actions.ts, decided again where it was overtaken
 * Execution              operate-entry.ts: proceed, then a message, to send or to ask; for a command that nobody took, another
 *                        attempt (operation-machine.ts timeout)
 * End                    the operation's last write and its resource's, one transaction (operation-end.ts ending)
 * Left out: what holds a command back, Powertools' record, which lets one delivery at a time ask or call, and outcomes that
 * only make it wait.
 * Promises: no attempt is called twice, and nobody pays twice; an accepted cancel and a payment exclude each other;
 * the operation's end and its resource say the same, and what was paid.
 * Mutants: M_CALLFIRST calls before it claims; M_BLIND claims without the condition; M_RESEND sends what another
 * delivery had claimed; M_SPLIT ends by two writes; M_STALE cancels by what it decided before it was overtaken;
 * M_SETTLE believes `not found` while a claimed delivery may still call (settleSeconds below the function's time); M_ASKED
 * believes what was asked before that, once it is reported after it.
 */
#ifndef F
#define F 1                                 /* faults in all */
#endif
#define FAULT faults < F -> faults++
#define FINAL (state == ok || state == failed || state == cancelled)
mtype = { running, cancelling, ok, failed, cancelled, disbursing, paid, approved, returned, unknown, notfound };
mtype state = running, resource = disbursing;
#ifdef M_SPLIT
#define SPLIT(r) if :: FAULT :: resource = r fi
#else
#define SPLIT(r) resource = r
#endif
#ifdef M_RESEND
#define CLAIMED busy++
#else
#define CLAIMED goto ask
#endif
#ifdef M_SETTLE
#define SETTLED true
#else
#define SETTLED busy == 0
#endif
byte ver = 1, attempt = 1, calls[3], money, faults, busy;
bit sent, irrevocable, accepted, over; chan queue = [2] of { byte, bit };   /* attempt, and whether it asks */
inline End(s, r) { state = s; ver++; SPLIT(r) }

#define FORGET v = 0; s = 0; was = 0; outcome = 0
#define DIE atomic { FAULT; FORGET; goto next }
proctype Delivery() {
  byte a, v; bit query, was; mtype outcome, s;
next:
  if :: atomic { queue?[a, query] -> queue?<a, query> }       /* it stays there until it is deleted */
     :: over -> goto end
  fi;
  if :: DIE :: true fi;
  atomic { v = ver; s = state; was = sent;
    if :: attempt != a -> goto acknowledge :: else fi;
    if :: query -> FORGET; goto ask :: else fi };
#ifdef M_CALLFIRST
  busy++; goto call;
#endif
  if :: was -> CLAIMED :: else fi;
claim:
  atomic {
#ifndef M_BLIND
    if :: ver != v -> v = ver; s = state; was = sent;          /* overtaken: made anew */
            if :: attempt != a -> goto acknowledge :: else fi
       :: else fi;
#endif
    if :: s != running -> goto acknowledge
       :: s == running && was -> FORGET; CLAIMED
       :: s == running && !was -> sent = 1; irrevocable = 1; ver++; busy++
    fi; FORGET };
  if :: atomic { FAULT; busy--; goto next }
     :: atomic { FAULT; busy--; goto ask }                    /* its own claim refuses the SDK's second sending */
     :: true
  fi;
call:
  atomic { busy--; calls[a]++; assert(calls[a] == 1);
    if :: money++; outcome = ok :: money++; outcome = unknown :: outcome = unknown :: outcome = failed fi };
#ifdef M_CALLFIRST
  atomic { if :: !sent && state == running -> sent = 1; irrevocable = 1; ver++ :: else fi };
#endif
  if :: DIE :: true fi;
  goto report;
ask:
#ifdef M_ASKED
  outcome = (money > 0 -> ok : notfound);                     /* and only now: */
  if :: outcome == notfound && !(SETTLED) -> outcome = unknown :: else fi;
#else
  outcome = (money > 0 -> ok : (SETTLED -> notfound : unknown));
#endif
report:
  atomic {                                                    /* made from what stands: one condition */
    if :: FINAL || outcome == unknown
       :: attempt == a && !sent || attempt > a && !(outcome == ok || outcome == failed && !sent)
       :: else ->
          if :: outcome == ok -> End(ok, paid)
             :: outcome == failed -> End(failed, returned)
             :: outcome == notfound && attempt < 2 -> attempt++; sent = 0; ver++
             :: outcome == notfound && attempt == 2 -> End(failed, returned)
          fi
    fi; outcome = 0 };
  if :: DIE :: true fi;
acknowledge:
  atomic { if :: queue?[eval(a), eval(query)] -> queue?eval(a), eval(query) :: else fi; FORGET; goto next };
end: skip
}

proctype Execution() { byte waits;
  do
  :: FINAL -> break
  :: atomic { state == cancelling && !sent -> End(cancelled, approved) }
  :: atomic { !FINAL && !(state == cancelling && !sent) && nfull(queue) && waits < 3 -> waits++; queue!attempt, sent }
  :: atomic { state == running && !sent && attempt < 2 -> attempt++; ver++ }   /* nobody took the command in time */
  :: timeout -> break                                         /* a person sees to it */
  od; over = 1
}

proctype Cancel() { byte v; bit may;
read:
  atomic { v = ver; may = state == running && !irrevocable };
  if :: !may -> goto end :: else fi;
  if :: FAULT; goto end :: true fi;
#ifdef M_STALE
  atomic { if :: !FINAL -> state = cancelling; ver++; accepted = 1 :: else fi };
#else
  atomic { if :: ver == v -> state = cancelling; ver++; accepted = 1 :: else -> goto read fi };
#endif
end: skip
}

init { atomic { run Execution(); run Delivery(); run Delivery(); run Cancel() };
  timeout;
  assert(money <= 1 && !(accepted && money > 0));
  assert((state == ok) == (resource == paid) && (state == failed) == (resource == returned));
  assert((state == cancelled) == (resource == approved) && (!FINAL || (state == ok) == (money == 1)))
}
