/* One item, its receipts, and requests under keys: commit + spill + replay.
 *
 * model                  code
 * ver                    version and commit of the item, in the condition (update-expression.ts conditionalUpdate)
 * held[k], made[k]       the receipt of key k in the item, and the version in its answer (receipts.ts addReceipt)
 * batch[b]               what has left the item (spilled-receipts.ts leaving): put before the write, by itself, under an id that
 *                        no other attempt has
 * at[k]                  what the write that drops a receipt says of where it went (store.ts batches)
 * spills                 ROWS: some have left each for itself, so it is worth looking (store.ts spilledUntil)
 * Request, want          answered, decided; If-Match, 0 for the `*` of anyVersion (write-contract.ts)
 * Look, Find             lookUpReceipt (spilled-receipts.ts): in what was read, and then, by another read, behind it
 * write                  commit (dynamodb-store.ts); refused, it is given what stands (ALL_OLD)
 * CAP                    MAX_RECEIPTS is 1 here; one receipt leaves where the code has fourteen leave
 * FAULT                  the function dies before or after a call, or the SDK sends the same call again
 *
 * ROWS: as an item tells of no more batches, each receipt leaves under its own key, before the write as well.
 *
 * Promises: one effect and one answer for a key; nobody is refused because of one's own success; a receipt that has
 * left is found.
 * Mutants: M_GUESS refuses without reading what stands; M_NOSPILL does not look among the spilled after a refusal;
 * M_TWO stores the receipt by a second write; M_LATE lets receipts leave after the write; M_BLIND writes without the condition;
 * M_SHARED puts all batches under one id.
 */
#ifndef F
#define F 1                                 /* faults in all */
#endif
#ifndef NR
#define NR 4
#endif
#define T 2                                 /* sendings of each request by its client */
#define NK 3
#define NONE 255
#define FAULT faults < F -> faults++
#if defined(ROWS)
#define ID (out + 1)                        /* an item of the key's own */
#elif defined(M_SHARED)
#define ID 1
#else
#define ID (me * T + tries)
#endif
#ifdef M_BLIND
#define MAY true
#else
#define MAY ver == seen
#endif
byte ver = 1, faults, made[NK], effects[NK];
bit held[NK], spills;
byte at[NK], batch[NR * T + 2];             /* at 0: nowhere; batch b holds key batch[b] - 1 */

/* What a read or a refusal tells: the version, this key's receipt, where to look besides, and which would have to leave. */
inline Look() {
  seen = ver; mine = held[k]; out = NONE;
#ifdef ROWS
  where = spills;
#else
  where = at[k];
#endif
  for (j : 0 .. NK - 1) { if :: held[j] && j != k -> out = j :: else fi }
}

proctype Request(byte me, k, want) {
  byte tries, seen, where, out, j; bit mine, done, resent;
again:
  if :: tries == T -> goto end :: else -> tries++; resent = 0 fi;
  if :: FAULT; goto again :: true fi;
  atomic { Look() };
found:
  if :: mine -> goto replay :: else fi;
#ifdef ROWS
  if :: where > 0 -> where = batch[k + 1] :: else fi;
  if :: where > 0 -> goto replay :: else fi;
#else
  if :: where > 0 -> assert(batch[where] == k + 1); goto replay :: else fi;
#endif
  if :: want > 0 && seen != want -> goto refused :: else fi;
write:
#ifndef M_LATE
  if :: out != NONE -> batch[ID] = out + 1 :: else fi;
  if :: FAULT; goto again :: true fi;
#endif
  atomic {
    if :: MAY ->
            ver++; effects[k]++; assert(effects[k] == 1); done = 1;
#ifndef M_TWO
            held[k] = 1; made[k] = ver;
#endif
            if :: out != NONE -> held[out] = 0; at[out] = ID; spills = 1 :: else fi
       :: else -> done = 0; Look()
    fi
  }
  if :: FAULT; goto again
     :: done && !resent && FAULT; resent = 1; atomic { done = 0; Look() }   /* its own success refuses it */
     :: true
  fi;
#ifdef M_LATE
  if :: done && out != NONE -> batch[ID] = out + 1 :: else fi;
#endif
#ifdef M_TWO
  if :: done -> held[k] = 1; made[k] = seen + 1 :: else fi;
#endif
  if :: done -> goto replay :: else fi;                               /* refused: what stands is read */
#ifdef M_GUESS
  goto refused;
#endif
#ifdef M_NOSPILL
  where = 0;
#endif
  goto found;
refused:
  atomic { assert(!(effects[k] > 0 && made[k] == want + 1)); goto end };
replay:
  assert(effects[k] == 1);
end: skip
}

init { atomic {
  run Request(0, 0, 1); run Request(1, 1, 2); run Request(2, 0, 0);   /* the third: a twin of the first, by `*` */
#if NR > 3
  run Request(3, 2, 3);                                              /* so that something leaves twice */
#endif
} }
