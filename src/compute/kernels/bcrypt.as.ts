// bcrypt: the Blowfish block cipher with an expensive key schedule, for one password or for two at once.
//
// Specification: N. Provos and D. Mazieres, "A Future-Adaptable Password Scheme", USENIX 1999, section 4:
//
//     state = EksBlowfishSetup(cost, salt, key)
//     repeat 64 times: text = EncryptECB(state, text), from "OrpheanBeholderScryDoubt"
//
// A Blowfish state is P, 18 words, and S, four tables of 256 words. One run through the state replaces all of it, two words at
// a time, by what the cipher under the state of that moment makes of the two words before: 521 blocks, each of which waits for
// the one before. bcrypt does 2 * 2^cost such runs, and next to nothing else.
//
// Lanes. A round waits for its table loads and then for its sums, one after another, and the processor has time for more.
// Two lanes are two passwords whose rounds alternate in one stream of instructions: each computes while the other waits, and
// two take little longer than one. They must alternate in the code within what a processor looks ahead. So this file
// is compiled with -O0: from -O1 on, Binaryen moves the rounds of one lane together, and two lanes take 1.7 times as long.
// The optimisation that matters is written out: rounds are inlined and unrolled, and a lane is a constant in each of them, so
// that the address of a table is the offset of a load. The compiler of the WebAssembly engine does the rest.
//
// Memory, one page, addresses in bytes:
//      4608   lane A
//      9216   lane B
//     16384   INITIAL: the state that every password starts from, P then S: the fraction of pi; written once by the caller
//
// and in a lane, from its start:
//         0   P, 18 words        4168   KEY, 18 words       4312   BLOCK, 2 words      4392   SALT_BYTES, 16 (in)
//        72   S, 4 x 256         4240   SALT, 18 words      4320   PASSWORD, 72 (in)   4408   OUTPUT, 24 (out), FLIPPED, 1 word

// An inlined function sees a constant in a type parameter only, so a lane is a type, and the size of that type its number.
type A = u8
type B = u16
const LANE_SIZE: usize = 4608
export const LANE_A: usize = LANE_SIZE * 1
export const LANE_B: usize = LANE_SIZE * 2
export const INITIAL: usize = 16384

const P_END: usize = 72
const S0: usize = P_END
const S1: usize = S0 + 1024
const S2: usize = S1 + 1024
const S3: usize = S2 + 1024
const STATE_SIZE: usize = S3 + 1024
const KEY: usize = STATE_SIZE
const SALT: usize = KEY + 72
const BLOCK: usize = SALT + 72
export const PASSWORD: usize = BLOCK + 8
export const SALT_BYTES: usize = PASSWORD + 72
export const OUTPUT: usize = SALT_BYTES + 16
const FLIPPED: usize = OUTPUT + 24

/**
 * Makes the words of key and salt from the bytes in a lane. The key is the first `length` bytes of PASSWORD, 1 to 72, repeated,
 * four to a word, the first byte highest. `signed` has crypt_blowfish's bug until 2011: a byte from 0x80 up is a negative char,
 * whose sign overwrites the bytes before it in the word. `flipped` are bits to flip in P[0] before the first run.
 */
export function schedule(lane: usize, length: u32, signed: bool, flipped: u32): void {
  store<u32>(lane, flipped, FLIPPED)
  let next: u32 = 0
  for (let at: usize = 0; at < P_END; at += 4) {
    let word: u32 = 0, salt: u32 = 0
    for (let i: usize = 0; i < 4; i++) {
      const byte = signed ? <u32>load<i8>(lane + next, PASSWORD) : <u32>load<u8>(lane + next, PASSWORD)
      word = (word << 8) | byte
      salt = (salt << 8) | <u32>load<u8>(lane + (at & 12) + i, SALT_BYTES)
      next = next + 1 == length ? 0 : next + 1
    }
    store<u32>(lane + at, word, KEY)
    store<u32>(lane + at, salt, SALT)
  }
}

/** Computes OUTPUT of lane A, big-endian, of which bcrypt keeps 23 bytes. */
export function deriveOne(cost: u32): void {
  begin<A>()
  for (let left: u32 = 1 << cost; left > 0; left--) {
    expandOne(KEY)
    expandOne(SALT)
  }
  finish<A>()
}

/** Computes OUTPUT of lanes A and B, at one cost. */
export function deriveTwo(cost: u32): void {
  begin<A>()
  begin<B>()
  for (let left: u32 = 1 << cost; left > 0; left--) {
    expandTwo(KEY)
    expandTwo(SALT)
  }
  finish<A>()
  finish<B>()
}

/** Overwrites all of a password, a salt and a state. */
export function wipe(): void {
  memory.fill(LANE_A, 0, LANE_B + LANE_SIZE - LANE_A)
}

// A run is a call of its own, since a WebAssembly engine optimises a busy function but replaces no call that is running.

function expandOne(words: usize): void {
  mixIn<A>(words)
  let l: u32 = 0, r: u32 = 0
  for (let at: usize = 0; at < STATE_SIZE; at += 8) {
    l ^= word<A>(0)
    r = round<A>(1, l, r)
    l = round<A>(2, r, l)
    r = round<A>(3, l, r)
    l = round<A>(4, r, l)
    r = round<A>(5, l, r)
    l = round<A>(6, r, l)
    r = round<A>(7, l, r)
    l = round<A>(8, r, l)
    r = round<A>(9, l, r)
    l = round<A>(10, r, l)
    r = round<A>(11, l, r)
    l = round<A>(12, r, l)
    r = round<A>(13, l, r)
    l = round<A>(14, r, l)
    r = round<A>(15, l, r)
    l = round<A>(16, r, l)
    const last = r ^ word<A>(17)
    r = l
    l = last
    replace<A>(at, l, r)
  }
}

function expandTwo(words: usize): void {
  mixIn<A>(words)
  mixIn<B>(words)
  let la: u32 = 0, ra: u32 = 0, lb: u32 = 0, rb: u32 = 0
  for (let at: usize = 0; at < STATE_SIZE; at += 8) {
    la ^= word<A>(0)
    lb ^= word<B>(0)
    ra = round<A>(1, la, ra)
    rb = round<B>(1, lb, rb)
    la = round<A>(2, ra, la)
    lb = round<B>(2, rb, lb)
    ra = round<A>(3, la, ra)
    rb = round<B>(3, lb, rb)
    la = round<A>(4, ra, la)
    lb = round<B>(4, rb, lb)
    ra = round<A>(5, la, ra)
    rb = round<B>(5, lb, rb)
    la = round<A>(6, ra, la)
    lb = round<B>(6, rb, lb)
    ra = round<A>(7, la, ra)
    rb = round<B>(7, lb, rb)
    la = round<A>(8, ra, la)
    lb = round<B>(8, rb, lb)
    ra = round<A>(9, la, ra)
    rb = round<B>(9, lb, rb)
    la = round<A>(10, ra, la)
    lb = round<B>(10, rb, lb)
    ra = round<A>(11, la, ra)
    rb = round<B>(11, lb, rb)
    la = round<A>(12, ra, la)
    lb = round<B>(12, rb, lb)
    ra = round<A>(13, la, ra)
    rb = round<B>(13, lb, rb)
    la = round<A>(14, ra, la)
    lb = round<B>(14, rb, lb)
    ra = round<A>(15, la, ra)
    rb = round<B>(15, lb, rb)
    la = round<A>(16, ra, la)
    lb = round<B>(16, rb, lb)
    const lastA = ra ^ word<A>(17)
    const lastB = rb ^ word<B>(17)
    ra = la
    rb = lb
    la = lastA
    lb = lastB
    replace<A>(at, la, ra)
    replace<B>(at, lb, rb)
  }
}

/** One Feistel round. `other ^ P[i]` is computed alone, since it is ready long before the words of the tables. */
@inline
function round<L>(i: usize, half: u32, other: u32): u32 {
  return (other ^ word<L>(i)) ^ substitute<L>(half)
}

/** ((S0[a] + S1[b]) ^ S2[c]) + S3[d] of the bytes a b c d. Shift and mask give each byte times four, the size of a word. */
@inline
function substitute<L>(half: u32): u32 {
  const sum = load<u32>((half >>> 22) & 1020, sizeof<L>() * LANE_SIZE + S0) + load<u32>((half >>> 14) & 1020, sizeof<L>() * LANE_SIZE + S1)
  return (sum ^ load<u32>((half >>> 6) & 1020, sizeof<L>() * LANE_SIZE + S2)) + load<u32>((half << 2) & 1020, sizeof<L>() * LANE_SIZE + S3)
}

/** P[i]. */
@inline
function word<L>(i: usize): u32 {
  return load<u32>(4 * i, sizeof<L>() * LANE_SIZE)
}

/** Two words of the state. */
@inline
function replace<L>(at: usize, l: u32, r: u32): void {
  store<u32>(at, l, sizeof<L>() * LANE_SIZE)
  store<u32>(at, r, sizeof<L>() * LANE_SIZE + 4)
}

/** P ^= 18 words of a key or a salt. */
@inline
function mixIn<L>(words: usize): void {
  for (let at: usize = 0; at < P_END; at += 4) {
    store<u32>(at, load<u32>(at, sizeof<L>() * LANE_SIZE) ^ load<u32>(at + words, sizeof<L>() * LANE_SIZE), sizeof<L>() * LANE_SIZE)
  }
}

/** The first run, 521 blocks, not worth unrolling. The halves of the salt go in turn into the block before each encryption. */
function begin<L>(): void {
  memory.copy(sizeof<L>() * LANE_SIZE, INITIAL, STATE_SIZE)
  store<u32>(0, word<L>(0) ^ load<u32>(0, sizeof<L>() * LANE_SIZE + FLIPPED), sizeof<L>() * LANE_SIZE)
  mixIn<L>(KEY)
  store<u64>(0, 0, sizeof<L>() * LANE_SIZE + BLOCK)
  for (let at: usize = 0; at < STATE_SIZE; at += 8) {
    store<u64>(0, load<u64>(0, sizeof<L>() * LANE_SIZE + BLOCK) ^ load<u64>(at & 8, sizeof<L>() * LANE_SIZE + SALT), sizeof<L>() * LANE_SIZE + BLOCK)
    encipher<L>()
    store<u64>(at, load<u64>(0, sizeof<L>() * LANE_SIZE + BLOCK), sizeof<L>() * LANE_SIZE)
  }
}

/** Enciphers "OrpheanBeholderScryDoubt", three blocks, 64 times each, which is not worth unrolling. */
function finish<L>(): void {
  store<u32>(0, 0x4f727068, sizeof<L>() * LANE_SIZE + OUTPUT)
  store<u32>(0, 0x65616e42, sizeof<L>() * LANE_SIZE + OUTPUT + 4)
  store<u32>(0, 0x65686f6c, sizeof<L>() * LANE_SIZE + OUTPUT + 8)
  store<u32>(0, 0x64657253, sizeof<L>() * LANE_SIZE + OUTPUT + 12)
  store<u32>(0, 0x63727944, sizeof<L>() * LANE_SIZE + OUTPUT + 16)
  store<u32>(0, 0x6f756274, sizeof<L>() * LANE_SIZE + OUTPUT + 20)
  for (let at: usize = 0; at < 24; at += 8) {
    store<u64>(0, load<u64>(at, sizeof<L>() * LANE_SIZE + OUTPUT), sizeof<L>() * LANE_SIZE + BLOCK)
    for (let i = 0; i < 64; i++) encipher<L>()
    for (let i: u32 = 0; i < 8; i++) store<u8>(at + i, load<u32>(i & 4, sizeof<L>() * LANE_SIZE + BLOCK) >>> (24 - 8 * (i & 3)), sizeof<L>() * LANE_SIZE + OUTPUT)
  }
}

/** Enciphers the two words of BLOCK: Blowfish, 16 rounds. */
function encipher<L>(): void {
  let l: u32 = load<u32>(0, sizeof<L>() * LANE_SIZE + BLOCK) ^ word<L>(0)
  let r: u32 = load<u32>(0, sizeof<L>() * LANE_SIZE + BLOCK + 4)
  for (let at: usize = 4; at < 68; at += 8) {
    r ^= load<u32>(at, sizeof<L>() * LANE_SIZE) ^ substitute<L>(l)
    l ^= load<u32>(at, sizeof<L>() * LANE_SIZE + 4) ^ substitute<L>(r)
  }
  store<u32>(0, r ^ word<L>(17), sizeof<L>() * LANE_SIZE + BLOCK)
  store<u32>(0, l, sizeof<L>() * LANE_SIZE + BLOCK + 4)
}
