/* A decision over several resources: the main item, with its receipts, a side that is written, and one that is only read.
 *
 * model                  code
 * ver, held[k]           the main item: version and commit, and the receipt of key k, which lies there alone
 * vw, w; vr, r           version and stock of the written and of the read side (sides.ts sidesOf). A request wants a unit in either
 * Request                decided (write-contract.ts): the main read, the sides in either order (extend.ts extend), a decision, one
 *                        transaction; `sides` 0: a request on the main alone. All have seen version 1 of the main (If-Match)
 * rejected               isOfOneMoment (write-contract.ts): a refusal is told if all still stands so at one moment (records.ts
 *                        loadTogether); else the decision is made once more
 * write, SIDES           one transaction on condition of every version that was read (dynamodb-store.ts commit; of a side that is
 *                        not changed, update-expression.ts unchanged)
 * main                   of conditions that failed, any may be named and any left out: so the main is judged first, and read where
 *                        it was not named (refusalOfAll)
 * moved                  standing (write-contract.ts): the main is read again, the receipt looked for, If-Match checked; then
 *                        another round, of 3 at most where the code has 6 (betweenRounds)
 * Side                   clients of the sides themselves: a transfer from one to the other, then perhaps the last unit sold
 * FAULT                  the function dies before or after a call, or the SDK sends the same call again
 *
 * Promises: one effect and one answer for a key; nobody is refused because of one's own success; a decision commits only
 * if every resource that it read still has the version that it read, and all its changes commit or none; a rejection that
 * was told was true of one moment.
 * Mutants: M_SIDEFIRST answers by a side's reason before it judges the main; M_NOCHECK does not check the side that is only
 * read; M_TORN rejects by reads that are no snapshot; M_TWOWRITES writes the side by itself; M_GUESS refuses without
 * reading what stands.
 */
#ifndef F
#define F 1                                 /* faults in all */
#endif
#define T 2                                 /* sendings of each request by its client */
#define ROUNDS 3
#define FAULT faults < F -> faults++
#ifdef M_NOCHECK
#define READ true
#else
#define READ vr == seenr
#endif
#define SIDES (sides == 0 || vw == seenw && READ)
byte ver = 1, vw = 1, vr = 1, faults, effects[2], onSide[2];
bit held[2], w, r = 1, sold;

inline Main() { seen = ver; mine = held[k] }
inline Written() { seenw = vw; hasw = w }
inline Read() { seenr = vr; hasr = r }
inline Forget() { seen = 0; seenw = 0; seenr = 0; mine = 0; hasw = 0; hasr = 0; done = 0; main = 0 }

proctype Request(byte k; bit sides) {
  byte tries, rounds, seen, seenw, seenr; bit mine, hasw, hasr, done, resent, main;
again:
  atomic { Forget(); rounds = 0; resent = 0; if :: tries == T -> goto end :: else -> tries++ fi };
  if :: FAULT; goto again :: true fi;
moved:
  atomic { Forget(); Main() };
found:
  if :: mine -> goto replay :: !mine && seen != 1 -> goto refused :: else fi;
  atomic { if :: rounds == ROUNDS -> goto again :: else -> rounds++ fi };                /* 503: the client sends it again */
  if :: sides == 0 -> goto write
     :: sides == 1 -> atomic { Written() }; atomic { Read() }
     :: sides == 1 -> atomic { Read() }; atomic { Written() }
  fi;
  if :: hasw || hasr -> goto write :: else fi;
#ifndef M_TORN
  if :: ver == seen && vw == seenw && vr == seenr :: goto moved fi;                      /* or cancelled by a write */
#endif
rejected:
  atomic { assert(sold && effects[k] == 0); goto end };
write:
  if :: FAULT; goto again :: true fi;
  atomic {
    if :: ver == seen && SIDES ->
            assert(sides == 0 || vw == seenw && vr == seenr);
            done = 1; ver++; held[k] = 1; effects[k]++; assert(effects[k] == 1);
#ifndef M_TWOWRITES
            if :: sides -> vw++; onSide[k]++ :: else fi
#endif
       :: else -> done = 0;
            if :: ver != seen -> main = 1; Main()                                        /* named, with what stands there */
               :: !SIDES -> main = 0
            fi
    fi };
  if :: FAULT; goto again
     :: atomic { done && !resent && FAULT; resent = 1; done = 0; main = 1; Main() }      /* its own success refuses it */
     :: true
  fi;
#ifdef M_TWOWRITES
  atomic { if :: done && sides -> vw++; onSide[k]++ :: else fi };
#endif
  if :: done -> goto replay :: else fi;
#ifdef M_GUESS
  goto refused;
#endif
#ifdef M_SIDEFIRST
  if :: !main -> goto refused :: else fi;
#endif
  if :: main -> atomic { main = 0; seenw = 0; seenr = 0; hasw = 0; hasr = 0; goto found } :: else -> goto moved fi;
refused:
  atomic { assert(effects[k] == 0); goto end };
replay:
  assert(effects[k] == 1);
end: Forget()
}

proctype Side() {
  atomic { r = 0; w = 1; vr++; vw++ };
  if :: atomic { w = 0; vw++; sold = 1 } :: true fi
}

init { atomic { run Request(0, 1); run Request(0, 1); run Request(1, 0); run Side() };   /* a request, its twin, a rival */
  (_nr_pr == 1);
  assert(effects[0] + effects[1] <= 1 && onSide[0] == effects[0])
}
