<?php
// This program puts PHP behind the line protocol; with the path of WordPress's class-phpass.php, that class. Needs php-cli 8.2.
const WORDPRESS_OF_DEBIAN = '6.1.9';
const MEDIAWIKI = [
    'PasswordError', 'Password', 'ParameterizedPassword', 'Pbkdf2Password', 'MWOldPassword', 'MWSaltedPassword',
    'LayeredParameterizedPassword', 'BcryptPassword', 'Argon2Password', 'PasswordFactory',
];
// Its own configuration.
const MEDIAWIKI_TYPES = [
    'A' => ['class' => 'MWOldPassword'],
    'B' => ['class' => 'MWSaltedPassword'],
    'pbkdf2-legacyA' => ['class' => 'LayeredParameterizedPassword', 'types' => ['A', 'pbkdf2']],
    'pbkdf2-legacyB' => ['class' => 'LayeredParameterizedPassword', 'types' => ['B', 'pbkdf2']],
    'bcrypt' => ['class' => 'BcryptPassword', 'cost' => 9],
    'pbkdf2' => ['class' => 'Pbkdf2Password', 'algo' => 'sha512', 'cost' => '30000', 'length' => '64'],
    'argon2' => ['class' => 'Argon2Password', 'algo' => 'auto'],
];
const SYMFONY = 'Symfony/Component/PasswordHasher/autoload.php';
$wordpress = null;
$version = PHP_VERSION;
if (isset($argv[1]) && str_ends_with($argv[1], '/pluggable.php')) {
    define('ABSPATH', dirname($argv[1], 2) . '/');
    define('WPINC', 'wp-includes');
    foreach (['version.php', 'plugin.php', 'pluggable.php'] as $file) require dirname($argv[1]) . "/$file";
    $version = $wp_version . ', PHP ' . PHP_VERSION;
} elseif (isset($argv[1])) {
    require $argv[1];
    $wordpress = new PasswordHash(8, true);
    $version = WORDPRESS_OF_DEBIAN . ', PHP ' . PHP_VERSION;
}

/** Debian's php-symfony-password-hasher. */
function message_digest(array $ask, string $password): string
{
    require_once SYMFONY;
    $hasher = new Symfony\Component\PasswordHasher\Hasher\MessageDigestPasswordHasher('sha512', true, $ask['rounds'] + 1);
    return base64_decode($hasher->hash($password, trim(base64_decode($ask['after']), '{}')));
}

function symfony(array $ask): object
{
    require_once SYMFONY;
    return new Symfony\Component\PasswordHasher\Hasher\Pbkdf2PasswordHasher('sha512', true, $ask['iterations'], $ask['length']);
}

/** bcrypt with a salt of bytes: its base64 is the standard one in another order of letters. */
function bcrypt_of_adonis(array $ask, string $password): string
{
    $letters = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    $standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    $salt = strtr(rtrim($ask['salt'], '='), $standard, $letters);
    return strtr(substr(crypt($password, sprintf('$2%s$%02d$%s', chr($ask['v']), $ask['cost'], $salt)), 29), $letters, $standard) . '=';
}

/** A digest, and so many times one of the last and the whole message. */
function digest_of(array $ask, string $message): string
{
    $state = hash($ask['algorithm'], $message, true);
    for ($round = 0; $round < ($ask['rounds'] ?? 0); $round++) $state = hash($ask['algorithm'], $state . $message, true);
    return $state;
}

/** The loop of Drupal 7's password.inc with the base64 of phpass, of which 43 characters are kept. */
function drupal7(array $ask, string $password): string
{
    $letters = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    $state = hash('sha512', base64_decode($ask['salt']) . $password, true);
    for ($round = 1 << $ask['exponent']; $round > 0; $round--) $state = hash('sha512', $state . $password, true);
    $text = '';
    foreach (str_split($state, 3) as $three) {
        $number = unpack('V', str_pad($three, 4, "\0"))[1];
        for ($place = 0; $place < 4; $place++) $text .= $letters[$number >> 6 * $place & 63];
    }
    return substr($text, 0, 43);
}

/** What WordPress and phpBB 3.0 hash for what was typed. */
function typed(string $scheme, string $password): string
{
    $lines = str_replace(["\r\n", "\r", "\0"], ["\n", "\n", ''], $password);
    return match ($scheme) {
        'phpass_wordpress' => trim(addslashes($password)),
        'phpass_phpbb' => trim(htmlspecialchars($lines, ENT_COMPAT, 'UTF-8')),
        default => $password,
    };
}

/** A password of MediaWiki's classes, from Debian's package, with the one of their exceptions that lies elsewhere. */
function mediawiki(string $digest): object
{
    if (!class_exists('MWException', false)) {
        eval('class MWException extends Exception {}');
        foreach (MEDIAWIKI as $class) {
            require_once __DIR__ . "/downloads/mediawiki/$class.php";
        }
    }
    return (new PasswordFactory(MEDIAWIKI_TYPES, 'pbkdf2'))->newFromCiphertext($digest);
}

/** A digest of MediaWiki with an empty hash, filled in. */
function hash_mediawiki(array $ask, string $password): string
{
    $made = mediawiki($ask['setting'] ?? ":pbkdf2:{$ask['algorithm']}:{$ask['iterations']}:{$ask['length']}:{$ask['salt']}:");
    $made->crypt($password);
    return $made->toString();
}

/** Symfony's own bcrypt. */
function symfony_native(): object
{
    require_once SYMFONY;
    return new Symfony\Component\PasswordHasher\Hasher\NativePasswordHasher(null, null, 4, PASSWORD_BCRYPT);
}

/** What WordPress is given by a form, which puts backslashes in, and what its other interfaces give it; both are trimmed. */
function verify_by_wordpress(string $password, string $digest): bool
{
    return wp_check_password(trim(addslashes($password)), $digest) || wp_check_password(trim($password), $digest);
}

function verify_it(array $ask, string $password, $wordpress): bool
{
    return match ($ask['scheme']) {
        'mediawiki', 'md5_mediawiki', 'pbkdf2_mediawiki_md5', 'bcrypt_mediawiki', 'argon2_mediawiki' => mediawiki($ask['digest'])->verify($password),
        'bcrypt_symfony' => symfony_native()->verify($ask['digest'], $password),
        'bcrypt_wordpress' => verify_by_wordpress($password, $ask['digest']),
        'bcrypt' => password_verify($password, $ask['digest']),
        default => $wordpress->CheckPassword(typed($ask['scheme'], $password), $ask['digest']),
    };
}

/** The steps of Magento 2, one after another over the hexadecimal of the one before; by libsodium. */
function magento(string $password, string $salt, string $versions): string
{
    foreach (explode(':', $versions) as $version) {
        $fast = ['md5', 'sha256'][$version] ?? null;
        if ($fast !== null) {
            $password = hash($fast, $salt . $password);
            continue;
        }
        $seed = substr(str_repeat($salt, 16), 0, SODIUM_CRYPTO_PWHASH_SALTBYTES);
        [, $length, $rounds, $memory] = $version === '2' ? [2, 32, 2, 67108864] : array_map(intval(...), explode('_', $version));
        $password = bin2hex(sodium_crypto_pwhash($length, $password, $seed, $rounds, $memory, SODIUM_CRYPTO_PWHASH_ALG_ARGON2ID13));
    }
    return hex2bin($password);
}

/** PHP's name of an algorithm of hashlib: `sha3-256` of `sha3_256`, `sha512/256` of `sha512_256`. */
function named(string $algorithm): string
{
    return str_replace('_', str_starts_with($algorithm, 'sha512') ? '/' : '-', $algorithm);
}

/** HMAC, and further ones over the hexadecimal of the last. */
function hmac_loop(array $ask, string $password): string
{
    for ($hash = $password, $left = $ask['iterations']; $left > 0; $left--) {
        $hash = hash_hmac($ask['algorithm'], $hash, base64_decode($ask['salt']));
    }
    return hex2bin($hash);
}

/** The digest of a template of Ory Kratos; strtr() puts password and salt in at once. */
function template(array $ask, string $password): string
{
    $places = ['{SALT}' => base64_decode($ask['salt']), '{PASSWORD}' => $password];
    return hash($ask['algorithm'], strtr(base64_decode($ask['template']), $places), true);
}

function hash_it(array $ask, string $password, $wordpress): array
{
    $raw = match ($ask['scheme']) {
        'md4', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512' => hash($ask['scheme'], $password, true),
        'pbkdf2' => hash_pbkdf2(
            named($ask['algorithm']), $password, base64_decode($ask['salt']), $ask['iterations'], $ask['length'], true
        ),
        'digest' => digest_of($ask, base64_decode($ask['before'] ?? '') . $password . base64_decode($ask['after'] ?? '')),
        'template' => template($ask, $password),
        'hmac' => hash_hmac(named($ask['algorithm']), $password, base64_decode($ask['key']), true),
        'pbkdf2_sha256_django' => hash_pbkdf2('sha256', $password, $ask['salt'], $ask['iterations'], 32, true),
        'magento2' => magento($password, $ask['salt'], $ask['versions']),
        'hmac_loop' => hmac_loop($ask, $password),
        default => null,
    };
    if ($raw !== null) return ['checksum' => base64_encode($raw)];
    return match ($ask['scheme']) {
        'drupal7' => ['checksum' => base64_encode(drupal7($ask, $password))],
        'bcrypt_peppered' => [
            'digest' => crypt($password . base64_decode($ask['pepper']), $ask['setting']) . '$' . base64_decode($ask['pepper']),
        ],
        'bcrypt_wbb4' => ['digest' => crypt(crypt($password, $ask['setting']), $ask['setting'])],
        'bcrypt_adonis' => ['checksum' => bcrypt_of_adonis($ask, $password)],
        'bcrypt', 'md5crypt', 'sha256crypt', 'sha512crypt', 'descrypt', 'bsdicrypt' => ['digest' => crypt($password, $ask['setting'])],
        'sha512_symfony' => ['checksum' => base64_encode(message_digest($ask, $password))],
        'pbkdf2_sha512_symfony' => ['checksum' => symfony($ask)->hash($password, base64_decode($ask['salt']))],
        'mediawiki', 'md5_mediawiki', 'pbkdf2_mediawiki_md5', 'bcrypt_mediawiki' => ['digest' => hash_mediawiki($ask, $password)],
        'phpass', 'phpass_wordpress', 'phpass_phpbb' => [
            'digest' => $wordpress->crypt_private(typed($ask['scheme'], $password), $ask['setting']),
        ],
        default => ['error' => 'unknown scheme'],
    };
}

while (($line = fgets(STDIN)) !== false) {
    $ask = json_decode($line, true);
    $password = base64_decode($ask['password'] ?? '');
    $answer = match ($ask['op']) {
        'version' => ['version' => $version],
        'hash' => hash_it($ask, $password, $wordpress),
        'verify' => ['verified' => verify_it($ask, $password, $wordpress)],
    };
    echo json_encode($answer), "\n";
}
