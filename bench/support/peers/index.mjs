// The packages that passlift is compared with, from the node_modules beside this file.
import nodeRsArgon2 from '@node-rs/argon2'
import nodeRsBcrypt from '@node-rs/bcrypt'
import { argon2iAsync, argon2idAsync } from '@noble/hashes/argon2.js'
import { md5 } from '@noble/hashes/legacy.js'
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js'
import { scryptAsync } from '@noble/hashes/scrypt.js'
import { sha256 } from '@noble/hashes/sha2.js'
import argon2 from 'argon2'
import bcrypt from 'bcrypt'
import bcryptjs from 'bcryptjs'
import hashWasm from 'hash-wasm'
import scryptJs from 'scrypt-js'
import wordpressHash from 'wordpress-hash-node'

const noble = { argon2iAsync, argon2idAsync, md5, pbkdf2Async, scryptAsync, sha256 }

export { argon2, bcrypt, bcryptjs, hashWasm, noble, nodeRsArgon2, nodeRsBcrypt, scryptJs, wordpressHash }
