/**
 * Generated sessions against a plugin: each is made from a seed, shrunk if it fails, and saved as a
 * capsule. Start with {@link dev.nommu.tck.session.Sessions}.
 */
@NullMarked
package dev.nommu.tck.session;

import org.jspecify.annotations.NullMarked;
