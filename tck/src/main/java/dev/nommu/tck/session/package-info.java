/**
 * Generated sessions against a plugin: each is made from a seed, shrunk if something is wrong, and
 * kept as a capsule. Begin with {@link dev.nommu.tck.session.Sessions}.
 */
@NullMarked
package dev.nommu.tck.session;

import org.jspecify.annotations.NullMarked;
